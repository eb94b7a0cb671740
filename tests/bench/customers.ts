// Invented customers as a CSV file, the same bytes for the same number of rows; must not know who reads them.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

const GIVEN =
  'Ada Amir Anna Ben Chloe Daan Elena Emil Farah Felix Grace Hana Ivan Jonas Julia Karim Lena Luca Maja Marta Mila Nadia Noah Olga Omar Pablo Petra Rosa Sami Sofia Tara Tomas Vera Yara Zoe'.split(
    ' ',
  );
const FAMILY =
  'Almeida Bauer Bianchi Castro Dubois Fischer Garcia Hansen Ivanova Jansen Kovac Kowalski Larsen Marino Moreau Nowak Okafor Petrenko Rossi Sato Schmidt Silva Tran Varga Wagner Weber Yilmaz'.split(
    ' ',
  );
/** Country, calling code and cities; one city needs quotes. */
const PLACES: readonly (readonly [string, string, readonly string[]])[] = [
  ['Germany', '49', ['Berlin', 'Hamburg', 'Leipzig', '"Frankfurt, Main"']],
  ['France', '33', ['Paris', 'Lyon', 'Lille', 'Nîmes']],
  ['Spain', '34', ['Madrid', 'Sevilla', 'Málaga', 'Bilbao']],
  ['Poland', '48', ['Warszawa', 'Kraków', 'Łódź', 'Gdańsk']],
  ['Italy', '39', ['Roma', 'Milano', 'Torino', 'Bari']],
  ['Netherlands', '31', ['Utrecht', 'Delft', 'Leiden', 'Breda']],
  ['Austria', '43', ['Wien', 'Graz', 'Linz', 'Salzburg']],
  ['Portugal', '351', ['Lisboa', 'Porto', 'Braga', 'Faro']],
];
const MAIL_HOSTS = ['example.com', 'example.net', 'example.org'];

const HEADER = 'id,first_name,last_name,email,phone,card,birth_date,country,city,salary,signed_up';
const SEED = 20240229;
const ROWS_A_CHUNK = 10_000;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, numbers from 0 to below 1. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Check digit of ISO/IEC 7812-1, annex B (Luhn). */
function luhnDigit(body: string): number {
  let sum = 0;
  for (let index = 0; index < body.length; index++) {
    const digit = body.charCodeAt(body.length - 1 - index) - 48;
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

class CustomerMaker {
  readonly #random = makeRandom(SEED);

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #digits(length: number): string {
    return String(this.#below(10 ** length)).padStart(length, '0');
  }

  #date(firstYear: number, lastYear: number): string {
    const two = (number: number): string => String(number).padStart(2, '0');
    const year = firstYear + this.#below(lastYear - firstYear + 1);
    return `${year}-${two(1 + this.#below(12))}-${two(1 + this.#below(28))}`;
  }

  #phone(callingCode: string): string {
    const [area, middle, last] = [this.#digits(3), this.#digits(3), this.#digits(4)];
    const form = this.#below(3);
    if (form === 0) return `+${callingCode}${area}${middle}${last}`;
    return form === 1 ? `+${callingCode} ${area} ${middle} ${last}` : `0${area}-${middle}-${last}`;
  }

  #card(): string {
    const body = `400000${this.#digits(9)}`;
    return `${body}${luhnDigit(body)}`;
  }

  /** One line without its end; `number` counts from 0. */
  line(number: number): string {
    const [given, family] = [this.#pick(GIVEN), this.#pick(FAMILY)];
    const [country, callingCode, cities] = this.#pick(PLACES);
    const email = `${given}.${family}${number}@${this.#pick(MAIL_HOSTS)}`.toLowerCase();
    const phone = this.#phone(callingCode);
    const isPhoneMissing = this.#random() < 0.03;
    const card = this.#card();
    const birthDate = this.#date(1945, 2004);
    const city = this.#pick(cities);
    const salary = 18_000 + this.#below(72_000);
    const isSalaryMissing = this.#random() < 0.07;
    return [
      1_000_001 + number,
      given,
      family,
      email,
      isPhoneMissing ? '' : phone,
      card,
      birthDate,
      country,
      city,
      isSalaryMissing ? '' : salary,
      this.#date(2019, 2025),
    ].join(',');
  }
}

function writeCustomers(path: string, rows: number): void {
  const maker = new CustomerMaker();
  const file = openSync(path, 'w');
  try {
    writeSync(file, `${HEADER}\n`);
    for (let from = 0; from < rows; from += ROWS_A_CHUNK) {
      const lines = Array.from({ length: Math.min(ROWS_A_CHUNK, rows - from) }, (_, index) =>
        maker.line(from + index),
      );
      writeSync(file, `${lines.join('\n')}\n`);
    }
  } finally {
    closeSync(file);
  }
}

/** The file, made unless this very generator has made it before. @returns its path */
export function ensureCustomers(folder: string, rows: number): string {
  const generator = readFileSync(fileURLToPath(import.meta.url));
  const mark = createHash('sha256').update(generator).digest('hex').slice(0, 8);
  const path = join(folder, `customers-${rows}-${mark}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  writeCustomers(`${path}.partial`, rows);
  renameSync(`${path}.partial`, path);
  return path;
}
