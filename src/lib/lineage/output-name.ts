// The name the engine gives to an expression without an alias, where that is certain; must not know lineage.
import { isPlainName, nameText } from './identifiers.ts';
import { isAbsent, nodeOf } from './tree.ts';

const CALLED_BY_NAME = new Set(['sum', 'avg', 'min', 'max', 'count', 'upper', 'lower', 'median', 'stddev']);

/** Name of an expression's column, or empty where only the engine knows it. Bound by tests against the engine. */
export function outputName(node: unknown): string {
  const { kind, fields } = nodeOf(node);
  if (kind === 'column') return nameText(fields['name']) ?? '';
  if (kind === 'dot') return isPath(fields['this']) ? (nameText(fields['field']) ?? '') : '';
  if (kind === 'paren' || kind === 'annotated') return outputName(fields['this']);
  if (kind === 'null') return 'NULL';
  if (kind === 'literal') return literalName(fields['literal_type'], fields['value']);
  if (kind === 'function' && fields['no_parens'] === true) return nameText(fields['name']) ?? '';
  return callName(kind, fields);
}

function isPath(node: unknown): boolean {
  const { kind, fields } = nodeOf(node);
  return kind === 'column' || (kind === 'dot' && isPath(fields['this']));
}

function literalName(type: unknown, value: unknown): string {
  if (typeof value !== 'string') return '';
  if (type === 'number' && /^\d{1,9}$/.test(value)) return value;
  return type === 'string' && /^\w*$/.test(value) ? `'${value}'` : '';
}

function callName(kind: string, fields: Readonly<Record<string, unknown>>): string {
  if (!CALLED_BY_NAME.has(kind)) return '';
  if (kind === 'count' && fields['star'] === true && isAbsent(fields['filter'])) return 'count_star()';
  if (isAbsent(fields['this']) || !isAbsent(fields['filter']) || !isAbsent(fields['distinct'])) return '';
  if (!isAbsent(fields['order_by'])) return '';
  const argument = nodeOf(fields['this']);
  const name =
    argument.kind === 'column' && isAbsent(argument.fields['table'])
      ? nameText(argument.fields['name'])
      : null;
  return name !== null && isPlainName(name) && name === name.toLowerCase() ? `${kind}(${name})` : '';
}
