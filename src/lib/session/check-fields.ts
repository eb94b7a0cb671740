// A check made from the texts of a form's fields, and those texts of a check; read and refused as the text form is. Must not know how checks are run.
import { fail, type Result } from '../base/result.ts';
import { readCheck } from '../notebook/check-body.ts';
import { parametersOf, type CheckKind, type ParameterForm } from '../notebook/check-kinds.ts';
import type { CheckSpec, CheckValue } from '../notebook/notebook-types.ts';

const PLAIN_NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** Commas within double quotes part nothing. */
const ITEM = /\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)/gy;

function isPlainScalar(text: string): boolean {
  return PLAIN_NUMBER.test(text) || text === 'true' || text === 'false';
}

/** What stands between double quotes is a text, whatever it looks like. */
function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function scalarOf(text: string): string {
  return isPlainScalar(text) ? text : JSON.stringify(unquoted(text) ?? text);
}

function itemsOf(text: string): readonly string[] {
  return [...text.matchAll(ITEM)].map(([, item = '']) => item.trim()).filter((item) => item !== '');
}

function yamlOf(form: ParameterForm, text: string): string {
  const trimmed = text.trim();
  switch (form) {
    case 'texts':
      return JSON.stringify(itemsOf(text).map((item) => unquoted(item) ?? item));
    case 'scalars':
      return `[${itemsOf(text).map(scalarOf).join(', ')}]`;
    case 'scalar':
    case 'boolean':
      return scalarOf(trimmed);
    case 'number':
    case 'integer':
    case 'threshold':
    case 'share':
      return PLAIN_NUMBER.test(trimmed) ? trimmed : JSON.stringify(trimmed);
    default:
      return JSON.stringify(text);
  }
}

/** Without the line, which a form does not have. */
function sentenceOf(message: string): string {
  return message.replace(/^Line \d+: /, '').replace(/^./, (first) => first.toUpperCase());
}

/** Fields left empty are not given. Items of a list are separated by commas; those in double quotes are texts. */
export function checkFromFields(
  kind: CheckKind,
  fields: Readonly<Record<string, string>>,
): Result<CheckSpec> {
  const given = Object.entries(parametersOf(kind)).flatMap(([key, form]) => {
    const text = Object.hasOwn(fields, key) ? (fields[key] ?? '') : '';
    return text.trim() === '' ? [] : [`${key}: ${yamlOf(form, text)}`];
  });
  const read = readCheck('check', `- ${kind}: { ${given.join(', ')} }`, 1);
  if (!read.ok) return fail({ ...read.error, message: sentenceOf(read.error.message) });
  const [check] = read.value.checks;
  return check
    ? { ok: true, value: check }
    : fail({ code: 'notebook-text', message: 'There is no check.', hint: 'Fill in the form.' });
}

/** Quoted where it would be read as something else. */
function itemText(value: CheckValue, isScalar: boolean): string {
  if (typeof value !== 'string') return String(value);
  const isAmbiguous =
    value.trim() !== value || value === '' || /[",]/.test(value) || (isScalar && isPlainScalar(value));
  return isAmbiguous ? JSON.stringify(value) : value;
}

function fieldText(form: ParameterForm, value: CheckValue): string {
  const isScalar = form === 'scalars' || form === 'scalar';
  if (Array.isArray(value)) return value.map((item: CheckValue) => itemText(item, isScalar)).join(', ');
  if (form !== 'scalar' || typeof value !== 'string') return String(value);
  const isAmbiguous = value.trim() !== value || value.startsWith('"') || isPlainScalar(value);
  return isAmbiguous ? JSON.stringify(value) : value;
}

/** The fields that make this check again. */
export function fieldsOfCheck({ kind, parameters }: CheckSpec): Record<string, string> {
  const forms = parametersOf(kind);
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) => {
      const form = forms[key];
      return form === undefined ? [] : [[key, fieldText(form, value)]];
    }),
  );
}
