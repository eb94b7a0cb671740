// Bundles one TypeScript file into one classic script, for what stands outside the app: boot page and service worker.
import { build } from 'vite';

/**
 * @param {string} entry path of the file to begin with
 * @param {Record<string, string>} define names and the JavaScript expressions that take their place
 * @returns {Promise<string>} an immediately invoked function, without any import
 */
export async function bundleScript(entry, define = {}) {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const bundles = Array.isArray(output) ? output : [output];
  const chunks = bundles.flatMap((bundle) => bundle.output);
  if (chunks.length !== 1 || chunks[0].type !== 'chunk')
    throw new Error(
      `${entry} did not become one script: ${chunks.map((chunk) => chunk.fileName).join(', ')}`,
    );
  return chunks[0].code;
}
