// Makes the sample file of the start page: invented customers, the same bytes at every run.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROWS = 600;
const GIVEN =
  'Ada Amir Anna Ben Chloe Daan Elena Emil Farah Felix Grace Hana Ivan Jonas Julia Karim Lena Luca Maja Marta Mila Nadia Noah Olga Omar Pablo Petra Rosa Sami Sofia Tara Tomas Vera Yara Zoe'.split(
    ' ',
  );
const FAMILY =
  'Almeida Bauer Bianchi Castro Dubois Fischer Garcia Hansen Ivanova Jansen Kovac Kowalski Larsen Marino Moreau Nowak Okafor Petrenko Rossi Sato Schmidt Silva Tran Varga Wagner Weber Yilmaz'.split(
    ' ',
  );
const COUNTRIES = ['Germany', 'France', 'Spain', 'Poland', 'Italy'];
const PLANS = ['basic', 'plus', 'pro'];

// Park-Miller minimal standard generator (Park and Miller, CACM 31(10), 1988).
let state = 20240229;
const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
const pick = (list) => list[Math.floor(next() * list.length)];
const between = (low, high) => low + Math.floor(next() * (high - low + 1));
const pad = (number) => String(number).padStart(2, '0');

function luhnDigit(body) {
  const sum = [...body].reverse().reduce((total, char, index) => {
    const doubled = Number(char) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

function card() {
  const body = `400000${Array.from({ length: 9 }, () => between(0, 9)).join('')}`;
  return `${body}${luhnDigit(body)}`;
}

const header =
  'customer_id,first_name,last_name,email,phone,card_number,birth_date,country,plan,signed_up,monthly_spend';
const lines = Array.from({ length: ROWS }, (_, index) => {
  const [given, family] = [pick(GIVEN), pick(FAMILY)];
  return [
    1001 + index,
    given,
    family,
    `${given}.${family}${between(1, 99)}@example.com`.toLowerCase(),
    `+1202555${String(between(100, 199)).padStart(4, '0')}`,
    card(),
    `${between(1950, 2004)}-${pad(between(1, 12))}-${pad(between(1, 28))}`,
    pick(COUNTRIES),
    pick(PLANS),
    `${between(2021, 2025)}-${pad(between(1, 12))}-${pad(between(1, 28))}`,
    next() < 0.06 ? '' : (between(900, 24000) / 100).toFixed(2),
  ].join(',');
});
const target = fileURLToPath(new URL('../static/samples/customers.csv', import.meta.url));
writeFileSync(target, `${[header, ...lines].join('\n')}\n`);
