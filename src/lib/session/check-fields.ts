// A check made from the texts of a form's fields, and those texts of a check; read and refused as the text form is. Must not know how checks are run.
import { fail, type Result } from '../base/result.ts';
import { readBaselineText, writeBaselineText } from '../notebook/check-baseline.ts';
import { readCheck } from '../notebook/check-body.ts';
import { parametersOf, type CheckKind, type ParameterForm } from '../notebook/check-kinds.ts';
import type { CheckSpec, CheckValue } from '../notebook/notebook-types.ts';
import { itemsOf, itemText, scalarItemText, scalarOf, scalarText, unquoted } from './typed-text.ts';

const PLAIN_NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
function yamlOf(form: ParameterForm, text: string): string {
  const trimmed = text.trim();
  switch (form) {
    case 'texts':
      return JSON.stringify(itemsOf(text).map((item) => unquoted(item) ?? item));
    case 'scalars':
      return JSON.stringify(itemsOf(text).map(scalarOf));
    case 'scalar':
    case 'boolean':
      return JSON.stringify(scalarOf(trimmed));
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

/** Read alone, so that it says nothing of other settings; null where there is none. */
function baselineOf(
  kind: CheckKind,
  { baseline = '' }: Readonly<Record<string, string>>,
): Result<CheckValue> | null {
  if (kind !== 'drift_from' || baseline.trim() === '') return null;
  const read = readBaselineText(baseline);
  if (read.ok) return read;
  const message = read.error.message.replace(/^Line (\d+): /, 'Line $1 of the baseline: ');
  return fail({ ...read.error, message });
}

/** A baseline of a relation as it stands, without distributions, as a field has it. */
export function presentBaseline(
  rows: number,
  columns: readonly { readonly name: string; readonly type: string }[],
): string {
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  return writeBaselineText({ rows, columns: types });
}

/** Fields left empty are not given. Items of a list are separated by commas; those in double quotes are texts. */
export function checkFromFields(
  kind: CheckKind,
  fields: Readonly<Record<string, string>>,
): Result<CheckSpec> {
  const baseline = baselineOf(kind, fields);
  if (baseline?.ok === false) return baseline;
  const given = Object.entries(parametersOf(kind)).flatMap(([key, form]) => {
    const text = Object.hasOwn(fields, key) ? (fields[key] ?? '') : '';
    if (text.trim() === '') return [];
    return form === 'baseline'
      ? [`${key}: ${JSON.stringify(baseline?.value)}`]
      : [`${key}: ${yamlOf(form, text)}`];
  });
  const read = readCheck('check', `- ${kind}: { ${given.join(', ')} }`, 1);
  if (!read.ok) return fail({ ...read.error, message: sentenceOf(read.error.message) });
  const [check] = read.value.checks;
  return check
    ? { ok: true, value: check }
    : fail({ code: 'notebook-text', message: 'There is no check.', hint: 'Fill in the form.' });
}

function isScalar(value: CheckValue): value is string | number | boolean {
  return typeof value !== 'object';
}

function fieldText(form: ParameterForm, value: CheckValue): string {
  if (form === 'baseline') return writeBaselineText(value);
  const writeItem = form === 'scalars' ? scalarItemText : (item: unknown) => itemText(String(item));
  if (Array.isArray(value))
    return (value as readonly CheckValue[]).filter(isScalar).map(writeItem).join(', ');
  return form === 'scalar' && isScalar(value) ? scalarText(value) : String(value);
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
