// Names of persons, by column name, shape and a shipped dictionary of common names; must not know any table.
import type { Recognizer } from './recognizer.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './person-names.ts';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** One to five words of letters, with apostrophes, hyphens, initials and at most one comma. */
export const NAME_SHAPE_RE2 =
  "\\s*[\\p{L}\\p{M}][\\p{L}\\p{M}'’.-]*(?:,?\\s+[\\p{L}\\p{M}][\\p{L}\\p{M}'’.-]*){0,4}\\s*";

const shape = `(length(v) <= 80 AND regexp_full_match(v, '${NAME_SHAPE_RE2.replaceAll("'", "''")}'))`;
const folded = 'lower(strip_accents(v))';
const firstWord = `regexp_extract(${folded}, '^\\s*(?:(?:mr|mrs|ms|dr|prof|herr|frau|sr|sra|pan|pani)\\.?\\s+)?([\\p{L}-]+)', 1)`;
const wordAfterComma = `regexp_extract(${folded}, ',\\s*([\\p{L}-]+)', 1)`;
const isSingleWord = "NOT regexp_matches(trim(v), '[\\s,]')";
const inDictionary =
  `(CASE WHEN contains(v, ',') THEN ${wordAfterComma} ELSE ${firstWord} END IN (${quoted(GIVEN_NAMES)})` +
  ` OR (${isSingleWord} AND trim(${folded}) IN (${quoted(FAMILY_NAMES)})))`;

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
  shapes: { text: { matched: shape, validated: `CASE WHEN ${shape} THEN ${inDictionary} ELSE FALSE END` } },
  hintConfidence: 0.5,
  shareWithoutHint: 0.5,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.35,
  content: { kind: 'share', share: 0.5, shareWithHint: 0.2 },
};
