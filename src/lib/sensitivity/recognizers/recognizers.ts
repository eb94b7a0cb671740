// The recognizers in force, in one list; must not know how they are run.
import { birthDate } from './birth-date.ts';
import { creditCard } from './credit-card.ts';
import { emailAddress } from './email-address.ts';
import { ipAddress } from './ip-address.ts';
import { person } from './person.ts';
import { phoneNumber } from './phone-number.ts';
import { quasiIdentifiers } from './quasi-identifiers.ts';
import { recognizeByName, type Recognizer } from './recognizer.ts';
import { apiKey, cardSecurityCode, password } from './secrets.ts';
import { usSsn } from './us-ssn.ts';

/** Exact addresses identify; by name alone until there is a shape for them. */
const streetAddress = recognizeByName(
  'LOCATION',
  'direct',
  [
    ...[
      'streetaddress',
      'homeaddress',
      'postaladdress',
      'billingaddress',
      'shippingaddress',
      'mailingaddress',
      'addressline',
    ],
    ...[
      'address',
      'street',
      'strasse',
      'anschrift',
      'wohnadresse',
      'adresse',
      'direccion',
      'domicilio',
      'rue',
      'endereco',
    ],
    ...['morada', 'indirizzo', 'adres', 'ulica', 'адреса', 'вулиця', 'адрес'],
  ],
  {
    against: [
      ...[
        'ip',
        'mac',
        'email',
        'mail',
        'web',
        'wallet',
        'contract',
        'memory',
        'remote',
        'host',
        'count',
        'type',
        'status',
        'has',
        'is',
        'id',
      ],
      ...['electronico', 'elettronico', 'url', 'site', 'bitcoin'],
    ],
    confidence: 0.6,
  },
);

export const RECOGNIZERS: readonly Recognizer[] = [
  emailAddress,
  creditCard,
  phoneNumber,
  ipAddress,
  usSsn,
  birthDate,
  person,
  password,
  apiKey,
  cardSecurityCode,
  streetAddress,
  ...quasiIdentifiers,
];
