// E-mail addresses (RFC 5321 mailbox with a dotted domain, internationalized letters as in RFC 6531); must not know any table.
import type { Recognizer } from './recognizer.ts';

/** Letters of an internationalized address, roughly: all beyond ASCII but the bullet; Unicode classes cost RE2 too much. */
const BEYOND = '\\x{80}-\\x{2021}\\x{2023}-\\x{10FFFF}';
/** A masked address (`*****@example.com`, `j***n@example.com`) is none: a star or bullet may not touch the local part. */
export const EMAIL_RE2 =
  `(?:^|[^0-9A-Za-z._%+'*•#${BEYOND}-])[0-9A-Za-z_%+'${BEYOND}-][0-9A-Za-z._%+'${BEYOND}-]*` +
  `@(?:[0-9A-Za-z${BEYOND}][0-9A-Za-z${BEYOND}-]*\\.)+(?:[A-Za-z${BEYOND}]{2}|xn--[A-Za-z0-9])`;

const pattern = `regexp_matches(v, '${EMAIL_RE2.replaceAll("'", "''")}')`;
const matched = `CASE WHEN contains(v, '@') THEN ${pattern} ELSE FALSE END`;

export const emailAddress: Recognizer = {
  entity: 'EMAIL_ADDRESS',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...['email', 'emailaddress', 'mail', 'mailaddress', 'eml'],
      ...['correo', 'correoelectronico', 'courriel', 'adressemail', 'mailadresse', 'emailadresse'],
      ...['adresemail', 'poczta', 'пошта', 'почта', 'елпошта', 'імейл', 'имейл', 'мейл'],
    ],
    weak: ['contact', 'login', 'account', 'username'],
    against: [
      ...[
        'status',
        'verified',
        'valid',
        'validated',
        'confirmed',
        'count',
        'template',
        'opt',
        'optin',
        'optout',
      ],
      ...[
        'consent',
        'domain',
        'provider',
        'subject',
        'sent',
        'opened',
        'clicked',
        'type',
        'notifications',
        'class',
      ],
      ...['subscribed', 'subscription', 'campaign', 'has', 'is', 'hash', 'hashed', 'room', 'mailing'],
    ],
  },
  families: ['text'],
  shapes: { text: { matched, validated: matched } },
  hintConfidence: 0.5,
  shareWithoutHint: 0,
  shareOfMatched: 0,
  shareWithWeakHint: 0,
  content: { kind: 'any', certain: { text: matched } },
};
