// What the DEMO sample is made of; must not know how a row is put together.

export const GIVEN_NAMES =
  'Ada Adam Agnes Amir Amélie Anna Anton Astrid Ben Björn Chloe Clara Daan David Elena Ella Emil Emma Erik Eva Farah Felix Grace Greta Hana Hugo Ida Ivan Jack Jonas Julia Karim Karin Lars Lena Leon Louis Luca Lucy Maja Marie Marta Max Mia Mila Nadia Nina Noah Nora Olga Oliver Omar Oscar Pablo Paul Petra Rosa Ruby Sami Simon Sofia Stella Tara Theo Tomas Vera Viktor William Yara Zoe'.split(
    ' ',
  );

export const FAMILY_NAMES =
  'Adams Almeida Andersson Bauer Bell Bergström Bianchi Brown Castro Clark Cohen Dubois Evans Fischer Fontaine Garcia Green Hansen Hill Ivanova Jansen Johnson Jones Karlsson Khan Kovac Kowalski Larsen Laurent Lee Lindqvist Marino Martin Meyer Moore Moreau Müller Nguyen Nilsson Nowak O’Brien Okafor Patel Petit Petrenko Roberts Robinson Rossi Roux Sato Schmidt Schneider Silva Singh Smith Svensson Taylor Tran Turner Varga Wagner Walker Weber White Wilson Wright Yilmaz'.split(
    ' ',
  );

/** RFC 2606, section 3. */
export const DOMAINS = ['example.com', 'example.org', 'example.net'];

/** Ranges that the regulator keeps free for films and books, `{3}` for three digits. */
export const COUNTRIES = [
  {
    name: 'Germany',
    weight: 24,
    spellings: ['germany', 'GERMANY', 'Deutschland', 'Germany '],
    cities: ['Berlin', 'Hamburg', 'Köln', 'Leipzig', 'München'],
    // Bundesnetzagentur, numbers for media productions.
    phones: ['+49 30 23125{3}', '+49 40 66969{3}', '030 23125{3}', '+49 171 39200{2}', '0221 4710{3}'],
  },
  {
    name: 'United Kingdom',
    weight: 22,
    spellings: ['UK', 'U.K.', 'united kingdom', 'Great Britain'],
    cities: ['Bristol', 'Glasgow', 'Leeds', 'London', 'Manchester'],
    // Ofcom, numbers for drama use.
    phones: ['+44 7700 900{3}', '07700 900{3}', '+44 20 7946 0{3}', '0161 496 0{3}'],
  },
  {
    name: 'United States',
    weight: 22,
    spellings: ['USA', 'US', 'U.S.', 'united states'],
    cities: ['Austin', 'Boston', 'Chicago', 'Denver', 'Seattle'],
    // NANPA, 555-0100 to 555-0199.
    phones: ['+1 202-555-01{2}', '(312) 555-01{2}', '+1617555 01{2}', '206.555.01{2}'],
  },
  {
    name: 'France',
    weight: 16,
    spellings: ['france', 'FRANCE', 'FR', ' France'],
    cities: ['Lille', 'Lyon', 'Marseille', 'Nantes', 'Paris'],
    // Arcep, numbers for audiovisual works.
    phones: ['+33 1 99 00 {2} {2}', '01 99 00 {2} {2}', '+33 6 39 98 {2} {2}', '06 39 98 {2} {2}'],
  },
  {
    name: 'Australia',
    weight: 9,
    spellings: ['australia', 'AU', 'AUS'],
    cities: ['Adelaide', 'Brisbane', 'Melbourne', 'Perth', 'Sydney'],
    // ACMA, fictitious numbers.
    phones: ['+61 2 5550 {4}', '(02) 5550 {4}', '+61 2 7010 {4}', '(02) 7010 {4}'],
  },
  {
    name: 'Sweden',
    weight: 9,
    spellings: ['sweden', 'Sverige', 'SE'],
    cities: ['Göteborg', 'Lund', 'Malmö', 'Stockholm', 'Uppsala'],
    // PTS, numbers for books and films.
    phones: ['+46 8 465 004 {2}', '08-465 004 {2}', '+46 31 390 06 {2}', '040-628 04 {2}'],
  },
];

/** Numbers that Visa, Mastercard, American Express, Discover and JCB processors publish for tests, as people write them. */
export const CARDS = [
  '4111111111111111',
  '4111 1111 1111 1111',
  '4012888888881881',
  '4242424242424242',
  '4242-4242-4242-4242',
  '5555555555554444',
  '5555 5555 5555 4444',
  '5105105105105100',
  '378282246310005',
  '3782 822463 10005',
  '371449635398431',
  '6011111111111117',
  '3530111333300000',
];

export const PLANS = ['basic', 'plus', 'pro'];

/** Name, category, price around which it is sold. */
export const PRODUCTS = [
  ['Desk lamp', 'lighting', 39],
  ['Floor lamp', 'lighting', 89],
  ['Reading light', 'lighting', 24],
  ['Office chair', 'furniture', 219],
  ['Bookshelf', 'furniture', 149],
  ['Side table', 'furniture', 75],
  ['Standing desk', 'furniture', 389],
  ['Notebook, lined', 'paper', 6],
  ['Sketchbook', 'paper', 12],
  ['Planner', 'paper', 18],
  ['Fountain pen', 'writing', 49],
  ['Pencil set', 'writing', 15],
  ['Desk mat', 'accessories', 29],
  ['Cable box', 'accessories', 22],
];

export const REMARKS = [
  'Leave it with {given} {family} next door.',
  'Please call {phone} before delivery.',
  'Gift for {given}, no invoice in the parcel.',
  'Invoice to {email}, please.',
  'Second delivery attempt.',
  'The box was damaged, replacement sent.',
  'Wants to be called on {phone} after 6 pm.',
  'Fragile.',
];
