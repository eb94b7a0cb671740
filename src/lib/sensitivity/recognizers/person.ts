// Names of persons, by column name, shape and a shipped dictionary of common names; must not know any table.
import type { Recognizer } from './recognizer.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './person-names.ts';

/** Up to five words without digits and without the signs that names do not have. */
const shape =
  "(length(v) BETWEEN 2 AND 80 AND regexp_matches(v, '[A-Za-z\\x{AA}-\\x{10FFFF}]')" +
  " AND NOT regexp_matches(v, '[0-9@_:;/!?=+*#%&<>(){}\\[\\]|\\\\~^$\"]') AND length(trim(v)) - length(replace(trim(v), ' ', '')) <= 4)";

/** One literal and a hash lookup: a thousand literals in an IN list take ten times as long. */
const isOneOf = (word: string, names: readonly string[]) =>
  `${word} IN (SELECT unnest(string_split('${names.join(' ')}', ' ')))`;

const folded = 'lower(strip_accents(trim(v)))';
const givenName = `regexp_extract(CASE WHEN contains(v, ',') THEN ltrim(split_part(${folded}, ',', 2)) ELSE ${folded} END, '^(?:(?:mr|mrs|ms|dr|prof|herr|frau|sr|sra|pan|pani)\\.? +)?([^ .,]+)', 1)`;
/** A given name first, or after the comma; a word that stands alone may be a surname. */
const inDictionary = `(${isOneOf(givenName, GIVEN_NAMES)} OR ${isOneOf(folded, FAMILY_NAMES)})`;

export const person: Recognizer = {
  entity: 'PERSON',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...[
        'firstname',
        'lastname',
        'fullname',
        'givenname',
        'familyname',
        'middlename',
        'surname',
        'forename',
        'maidenname',
      ],
      ...[
        'fname',
        'lname',
        'nickname',
        'customername',
        'patientname',
        'contactname',
        'employeename',
        'personname',
      ],
      ...[
        'membername',
        'studentname',
        'clientname',
        'guestname',
        'passengername',
        'cardholder',
        'cardholdername',
      ],
      ...[
        'accountholder',
        'ownername',
        'holdername',
        'realname',
        'legalname',
        'displayname',
        'recipientname',
        'sendername',
      ],
      ...[
        'vorname',
        'nachname',
        'familienname',
        'kundenname',
        'geburtsname',
        'nombres',
        'apellido',
        'apellidos',
      ],
      ...[
        'nombrecompleto',
        'nombrecliente',
        'primernombre',
        'prenom',
        'prenoms',
        'nomdefamille',
        'nomcomplet',
        'nomclient',
      ],
      ...[
        'sobrenome',
        'nomecompleto',
        'primeironome',
        'apelido',
        'cognome',
        'nomecognome',
        'imie',
        'imiona',
        'nazwisko',
      ],
      ...['імя', 'прізвище', 'побатькові', 'піб', 'имя', 'фамилия', 'отчество', 'фио'],
    ],
    weak: [
      ...[
        'name',
        'names',
        'nom',
        'nombre',
        'nome',
        'naam',
        'nazwa',
        'назва',
        'contact',
        'customer',
        'client',
        'patient',
        'employee',
      ],
      ...[
        'owner',
        'author',
        'user',
        'username',
        'person',
        'member',
        'student',
        'recipient',
        'sender',
        'holder',
        'manager',
        'first',
        'last',
      ],
    ],
    against: [
      ...[
        'file',
        'table',
        'column',
        'field',
        'product',
        'company',
        'brand',
        'city',
        'country',
        'street',
        'airport',
        'aircraft',
      ],
      ...[
        'model',
        'make',
        'event',
        'domain',
        'host',
        'server',
        'count',
        'length',
        'has',
        'is',
        'type',
        'status',
        'department',
      ],
      ...[
        'school',
        'station',
        'project',
        'team',
        'store',
        'item',
        'category',
        'hash',
        'days',
        'order',
        'seen',
        'updated',
      ],
    ],
  },
  families: ['text'],
  shapes: { text: { matched: shape, validated: `(${shape} AND ${inDictionary})` } },
  hintConfidence: 0.5,
  shareWithoutHint: 0.5,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.35,
  content: { kind: 'share', share: 0.5, shareWithHint: 0.2 },
};
