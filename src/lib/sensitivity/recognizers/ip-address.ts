// IP addresses: dotted IPv4 (RFC 791) and IPv6 text (RFC 4291, section 2.2); must not know any table.
import type { Recognizer } from './recognizer.ts';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
/** Four octets that are no part of a longer dotted number or of `v1.2.3.4`. */
export const IPV4_RE2 = `(?:^|[^0-9A-Za-z._-])${OCTET}(?:\\.${OCTET}){3}(?:$|[^0-9A-Za-z._-]|[.-](?:$|[^0-9A-Za-z]))`;
/** Eight groups, or `::` after a first group of three or four digits, as every assigned unicast range begins (RFC 4291). */
export const IPV6_RE2 =
  '(?:^|[^0-9A-Za-z:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|[0-9A-Fa-f]{3,4}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,5})?)(?:$|[^0-9A-Za-z:])';

/** Any text that holds an address. */
export const IP_SQL = `CASE WHEN contains(v, '.') AND regexp_matches(v, '${IPV4_RE2}') THEN TRUE WHEN contains(v, ':') AND regexp_matches(v, '${IPV6_RE2}') THEN regexp_matches(v, '[0-9]') ELSE FALSE END`;

/** Words of a name that make four small numbers a version. */
export const VERSION_WORDS: readonly string[] = [
  'version',
  'ver',
  'release',
  'build',
  'firmware',
  'revision',
  'section',
  'clause',
  'oid',
];

export const ipAddress: Recognizer = {
  entity: 'IP_ADDRESS',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...[
        'ip',
        'ipaddress',
        'ipaddr',
        'ipadresse',
        'adresseip',
        'direccionip',
        'enderecoip',
        'indirizzoip',
        'adresip',
      ],
      ...[
        'ipv4',
        'ipv6',
        'clientip',
        'remoteaddr',
        'remoteaddress',
        'remotehost',
        'xforwardedfor',
        'ipадреса',
        'ipадрес',
      ],
    ],
    weak: ['host', 'client', 'server', 'address'],
    against: ['country', 'city', 'region', 'type', 'count', 'has', 'is', 'rating', 'status', 'rights'],
    veto: VERSION_WORDS,
  },
  families: ['text', 'integer'],
  shapes: {
    text: { matched: IP_SQL, validated: IP_SQL },
    integer: { matched: 'x BETWEEN 16777216 AND 4294967295', validated: 'FALSE' },
  },
  hintConfidence: 0.5,
  shareWithoutHint: 0.05,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.05,
  content: { kind: 'any', certain: { text: IP_SQL } },
};
