// Makes the DEMO sample: invented customers and their orders, the same bytes at every run. Writes into the folder named,
// else into `static/samples`. Nobody in it exists: e-mail domains are reserved for examples (RFC 2606), phone numbers for
// fiction by each country's regulator, card numbers are those that payment processors publish for tests.
import { zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CARDS,
  COUNTRIES,
  DOMAINS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  PLANS,
  PRODUCTS,
  REMARKS,
} from './sample-words.mjs';

const CUSTOMERS = 1_940;
const ORDERS = 11_940;
const SEED = 20240229;
/** Within a zip file, so that it is the same bytes on every day and in every zone. */
const STAMP = new Date(2024, 1, 29, 12, 0, 0);

// Park-Miller minimal standard generator (Park and Miller, CACM 31(10), 1988).
let state = SEED;
const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
const chance = (share) => next() < share;
const pick = (list) => list[Math.floor(next() * list.length)];
const between = (low, high) => low + Math.floor(next() * (high - low + 1));
const pad = (number, length = 2) => String(number).padStart(length, '0');
/** Near normal, by the sum of twelve. */
const normal = () => Array.from({ length: 12 }, next).reduce((sum, each) => sum + each, -6);

/** Picks by weight, the last member of each entry. */
function weigh(entries) {
  let left = next() * entries.reduce((sum, entry) => sum + entry.at(-1), 0);
  return entries.find((entry) => (left -= entry.at(-1)) < 0) ?? entries[0];
}

function day(from, to) {
  return `${between(from, to)}-${pad(between(1, 12))}-${pad(between(1, 28))}`;
}

/** `{3}` becomes three digits. */
function fill(pattern) {
  return pattern.replace(/\{(\d)\}/g, (_, count) => pad(between(0, 10 ** count - 1), count));
}

/** A field as CSV: in quotes where it must be. */
function field(value) {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function phone(country) {
  if (chance(0.05)) return '';
  if (chance(0.03)) return pick(['unknown', '12345', '000000', fill('+99 {3} {3}'), 'see notes']);
  return fill(pick(country.phones));
}

function email(given, family) {
  if (chance(0.03)) return '';
  const plain = (text) => text.normalize('NFD').replace(/[^a-zA-Z]/g, '');
  const address = `${plain(given)}.${plain(family)}${between(1, 999)}@${pick(DOMAINS)}`;
  if (chance(0.012)) return pick([address.replace('@', ' at '), address.replace('@', ''), 'none']);
  if (chance(0.12)) return pick([address, address.toUpperCase(), ` ${address.toLowerCase()}`]);
  return address.toLowerCase();
}

function spend() {
  if (chance(0.06)) return '';
  const amount = Math.exp(3.9 + 0.55 * normal());
  return (chance(0.006) ? amount * 100 : amount).toFixed(2);
}

function makeCustomer(_, index) {
  const country = weigh(COUNTRIES.map((each) => [each, each.weight]))[0];
  const [given, family] = [pick(GIVEN_NAMES), pick(FAMILY_NAMES)];
  return {
    customer_id: 10_001 + index,
    first_name: chance(0.04) ? given.toUpperCase() : given,
    last_name: chance(0.03) ? family.toLowerCase() : family,
    email: email(given, family),
    phone: phone(country),
    card_number: chance(0.18) ? '' : pick(CARDS),
    birth_date: chance(0.02) ? '' : day(1950, 2004),
    city: chance(0.04) ? '' : pick(country.cities),
    country: chance(0.015) ? '' : chance(0.14) ? pick(country.spellings) : country.name,
    plan: chance(0.03) ? pick(PLANS).toUpperCase() : pick(PLANS),
    signed_up: day(2021, 2025),
    monthly_spend: spend(),
  };
}

/** Some rows once more as they are, others with another spelling: the same person, entered twice. */
function withDuplicates(customers) {
  const again = Array.from({ length: 40 }, () => ({ ...pick(customers) }));
  const entered = Array.from({ length: 20 }, () => {
    const one = pick(customers);
    return { ...one, first_name: one.first_name.toUpperCase(), last_name: `${one.last_name} `, phone: '' };
  });
  return [...customers, ...again, ...entered].sort((a, b) => a.customer_id - b.customer_id);
}

function remark() {
  if (chance(0.88)) return '';
  const made = pick(REMARKS)
    .replace('{given}', pick(GIVEN_NAMES))
    .replace('{family}', pick(FAMILY_NAMES))
    .replace('{phone}', fill(pick(pick(COUNTRIES).phones)));
  return made.replace('{email}', `${pick(GIVEN_NAMES)}.${pick(FAMILY_NAMES)}@example.org`.toLowerCase());
}

function quantity() {
  if (chance(0.004)) return pick([0, -1, -2]);
  return chance(0.003) ? between(400, 999) : between(1, 6);
}

function makeOrder(customers) {
  return (_, index) => {
    const [product, category, price] = pick(PRODUCTS);
    const status = weigh([
      ['shipped', 70],
      ['returned', 9],
      ['cancelled', 6],
      ['open', 15],
    ])[0];
    return {
      order_id: 500_001 + index,
      customer_id: chance(0.008) ? between(90_000, 90_999) : pick(customers).customer_id,
      ordered_at: `${day(2023, 2025)} ${pad(between(0, 23))}:${pad(between(0, 59))}:${pad(between(0, 59))}`,
      product: chance(0.05) ? product.toUpperCase() : product,
      category: chance(0.02) ? '' : category,
      quantity: quantity(),
      unit_price: chance(0.012) ? '' : (price * (0.9 + 0.2 * next())).toFixed(2),
      status: chance(0.06) ? pick([status.toUpperCase(), ` ${status}`]) : status,
      remark: remark(),
    };
  };
}

function csv(rows) {
  const names = Object.keys(rows[0]);
  return `${[names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((values) => values.map(field).join(','))
    .join('\n')}\n`;
}

const customers = Array.from({ length: CUSTOMERS }, makeCustomer);
const orders = Array.from({ length: ORDERS }, makeOrder(customers));
const doubled = Array.from({ length: 60 }, () => pick(orders));
const encode = (rows) => [new TextEncoder().encode(csv(rows)), { level: 9, mtime: STAMP }];
const packed = zipSync({
  'customers.csv': encode(withDuplicates(customers)),
  'orders.csv': encode([...orders, ...doubled].sort((a, b) => a.order_id - b.order_id)),
});
const folder = process.argv[2] ?? fileURLToPath(new URL('../static/samples', import.meta.url));
writeFileSync(join(folder, 'demo.zip'), packed);
