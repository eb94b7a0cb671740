// What each engine type becomes in a cell of Excel, as data; must not know workbooks.
import type { EngineType } from './engine-type.ts';

export interface ExcelValue {
  readonly value: string | number | boolean | Date;
  /** False where a number or time became text or lost digits that Excel cannot hold. */
  readonly isExact: boolean;
}

export interface ExcelForm {
  /** SQL over the column that brings the value across. */
  fetch(identifier: string): string;
  read(raw: unknown): ExcelValue;
  readonly numberFormat: string | null;
  /** What becomes of values that are not exact. */
  readonly note: string;
}

/** Digits that a DOUBLE keeps for certain (IEEE 754), and that Excel shows. */
const SAFE_DIGITS = 15;
const DAY_MS = 86_400_000;

const asIs = (identifier: string): string => identifier;
const asText = (identifier: string): string => `CAST(${identifier} AS VARCHAR)`;
const exact = (value: ExcelValue['value']): ExcelValue => ({ value, isExact: true });
const asWords = (text: string): ExcelValue => ({ value: text, isExact: false });

function form(parts: Partial<ExcelForm> & Pick<ExcelForm, 'read'>): ExcelForm {
  return { fetch: asIs, numberFormat: null, note: '', ...parts };
}

const TEXT = form({ fetch: asText, read: (raw) => exact(String(raw)) });

const NUMBER = form({
  read: (raw) => (Number.isFinite(raw) ? exact(Number(raw)) : asWords(String(raw))),
  note: 'values that are no finite number are text',
});

const WIDE_INTEGER = form({
  read: (raw) => {
    const number = Number(raw);
    return Math.abs(number) < 10 ** SAFE_DIGITS ? exact(number) : asWords(String(raw));
  },
  note: `whole numbers of more than ${SAFE_DIGITS} digits are text, since Excel would round them`,
});

function significantDigits(text: string): number {
  return text.replace(/^-?0*\.?0*/, '').replace('.', '').length;
}

const DECIMAL = form({
  fetch: asText,
  read: (raw) => {
    const text = String(raw);
    return significantDigits(text) <= SAFE_DIGITS ? exact(Number(text)) : asWords(text);
  },
  note: `numbers of more than ${SAFE_DIGITS} digits are text, since Excel would round them`,
});

/** The engine's shortest text: `0.1`, not the DOUBLE nearest to the FLOAT. */
const FLOAT = form({
  fetch: asText,
  read: (raw) => {
    const number = Number(raw);
    return Number.isFinite(number) ? exact(number) : asWords(String(raw));
  },
  note: NUMBER.note,
});

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?$/;
const FIRST_YEAR = 1900;

/** Excel counts days from 1900 on; earlier and later ones are text. */
function readMoment(raw: unknown): ExcelValue {
  const text = String(raw);
  const parts = MOMENT.exec(text);
  if (parts === null || Number(parts[1]) < FIRST_YEAR) return asWords(text);
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const micros = (parts[7] ?? '').padEnd(6, '0');
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, Number(micros.slice(0, 3)));
  return { value: new Date(at), isExact: !/[1-9]/.test(micros.slice(3)) };
}

const DATE = form({
  fetch: asText,
  read: readMoment,
  numberFormat: 'yyyy-mm-dd',
  note: 'dates before 1900 or after 9999 are text',
});

const TIMESTAMP = form({
  fetch: asText,
  read: readMoment,
  numberFormat: 'yyyy-mm-dd hh:mm:ss.000',
  note: 'times finer than a millisecond are cut to it, those before 1900 or after 9999 are text',
});

const TIME = form({
  fetch: asText,
  read: (raw) => {
    const [hour, minute, second] = String(raw).split(':').map(Number);
    return exact((((hour ?? 0) * 60 + (minute ?? 0)) * 60_000 + (second ?? 0) * 1_000) / DAY_MS);
  },
  numberFormat: 'hh:mm:ss.000',
});

const FORMS: Readonly<Record<string, ExcelForm>> = {
  BOOLEAN: form({ read: (raw) => exact(raw === true) }),
  TINYINT: NUMBER,
  SMALLINT: NUMBER,
  INTEGER: NUMBER,
  UTINYINT: NUMBER,
  USMALLINT: NUMBER,
  UINTEGER: NUMBER,
  BIGINT: WIDE_INTEGER,
  UBIGINT: WIDE_INTEGER,
  DECIMAL,
  FLOAT,
  DOUBLE: NUMBER,
  DATE,
  TIMESTAMP,
  TIME,
  VARCHAR: form({ read: (raw) => exact(String(raw)) }),
  BLOB: form({ fetch: (identifier) => `lower(hex(${identifier}))`, read: (raw) => exact(String(raw)) }),
};

/** Types as they are after the export casts; nested ones are the engine's text. */
export function excelForm(type: EngineType): ExcelForm {
  return (type.kind === 'plain' ? FORMS[type.name] : undefined) ?? TEXT;
}
