// The response headers that keep data in (page, worker and asset policies), in one place for every server of this project.
// Plain JavaScript: the bootstrap scripts read it before anything is installed.

/**
 * Browser features by which a page may make the browser itself ask other hosts (sign-in, advertising, payment), and
 * devices that nothing here needs.
 */
const SWITCHED_OFF = [
  'attribution-reporting',
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'identity-credentials-get',
  'join-ad-interest-group',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'private-aggregation',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'run-ad-auction',
  'serial',
  'shared-storage',
  'storage-access',
  'usb',
];
const PERMISSIONS = SWITCHED_OFF.map((feature) => `${feature}=()`).join(', ');

const EVERYWHERE = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Connection-Allowlist': '(response-origin)',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': PERMISSIONS,
};

/** Worker scripts and every other non-document response: a worker takes the policy of its own response. */
const ASSET_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'";

/**
 * Documents: `script-src` with the hashes of the inline scripts comes from the page's own meta tag; the header adds what
 * meta tags cannot carry. Two policies apply together, so the stricter of each directive wins.
 */
const DOCUMENT_DIRECTIVES = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/**
 * Headers for one response.
 * @param {string} contentType MIME type of the response
 * @param {readonly string[]} scriptHashes `sha256-…` sources of the document's inline scripts
 * @param {{ development?: boolean }} mode development allows the dev server's inline client and its socket
 * @returns {Record<string, string>}
 */
export function isolationHeadersFor(contentType, scriptHashes = [], mode = {}) {
  if (!contentType.startsWith('text/html')) return { ...EVERYWHERE, 'Content-Security-Policy': ASSET_POLICY };
  const inline = mode.development ? ["'unsafe-inline'"] : scriptHashes.map((hash) => `'${hash}'`);
  const script = ["script-src 'self'", ...inline].join(' ');
  return { ...EVERYWHERE, 'Content-Security-Policy': [...DOCUMENT_DIRECTIVES, script].join('; ') };
}

/**
 * Headers of the publisher's document: it talks to object stores, so it shares no window and no process with the app
 * (no opener or embedder policy) and is never kept. Digests of large files are computed by a WebAssembly module.
 * @param {...string} scriptHashes `sha256-…` sources of its inline scripts
 * @returns {Record<string, string>}
 */
export function publisherHeaders(...scriptHashes) {
  const script = scriptHashes.map((hash) => `'${hash}'`).join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'connect-src https: http://127.0.0.1:*',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': PERMISSIONS,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy.join('; '),
  };
}
