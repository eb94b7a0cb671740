// What a cell may say: exactly one query over cells and sources; must not know columns, lineage or the engine.
import type { Problem } from '../base/result.ts';
import { isAllowedTableFunction, isRefusedFunction } from './functions.ts';
import { foldIdentifier, nameText } from './identifiers.ts';
import type { ParseTree } from './lineage-types.ts';
import { FORBIDDEN_NODES, FROM_NODES, STATEMENT_NODES, STATEMENT_WORDS } from './guard-nodes.ts';
import { isAbsent, isRecord, positionOf, type Fields } from './tree.ts';

/** Schema of the engine that holds the key's pads. */
const KEY_SCHEMA = 'sluice_key';

const CATALOG_PREFIXES = ['duckdb_', 'pragma_', 'sqlite_', 'pg_', 'information_schema', 'sluice_', '_sl_'];
const CATALOG_WORDS = new Set(['show', 'describe', 'summarize', 'explain']);

class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

function refuse(code: string, message: string, hint: string, near?: unknown): never {
  const position = near === undefined ? null : positionOf(near);
  throw new Refusal(position === null ? { code, message, hint } : { code, message, hint, position });
}

function kindOf(node: unknown): string {
  return isRecord(node) ? (Object.keys(node)[0] ?? '') : '';
}

/** The fields of a node of that kind; empty where it has none. */
function inside(node: unknown): Fields {
  const inner = isRecord(node) ? Object.values(node)[0] : undefined;
  return isRecord(inner) ? inner : {};
}

function wordFor(kind: string): string {
  const known = STATEMENT_WORDS[kind];
  if (known !== undefined) return known;
  return FORBIDDEN_NODES.has(kind) ? kind.replaceAll('_', ' ').toUpperCase() : 'This statement';
}

function checkStatement(tree: ParseTree): void {
  if (tree.length === 0) refuse('statement-missing', 'There is no statement.', 'Write a SELECT statement.');
  if (tree.length > 1) {
    refuse(
      'statement-several',
      'A cell holds one statement, this one holds several.',
      'Put each statement in a cell of its own.',
      tree[1],
    );
  }
  const kind = kindOf(tree[0]);
  if (kind === 'annotated' || kind === 'paren')
    return checkStatement([{ ...(inside(tree[0])['this'] as object) }]);
  if (STATEMENT_NODES.has(kind)) return;
  refuse(
    'statement-refused',
    `${wordFor(kind)} is not allowed in a cell: a cell reads cells and sources and changes nothing else.`,
    'Write a query: SELECT, FROM, VALUES, PIVOT, SUMMARIZE or DESCRIBE.',
    tree[0],
  );
}

function checkFunction(name: string, near: unknown): void {
  const folded = foldIdentifier(name);
  if (folded.split('.').at(-1)?.startsWith('_')) {
    const message = `The function ${name} is private to the macro library.`;
    refuse('function-refused', message, 'Use a public macro of the library.', near);
  }
  if (!folded.split('.').some(isRefusedFunction)) return;
  refuse(
    'function-refused',
    `The function ${name} is not allowed in a cell: it reads files, settings or hidden tables, or runs text as SQL.`,
    'Add the file as a source and read it by its name, or write the query itself.',
    near,
  );
}

function refuseFile(name: string, near: unknown): never {
  refuse(
    'file-refused',
    `A cell may not read ${name}: files and addresses are opened as sources, not by name.`,
    'Add the file as a source and read it by the name of the source.',
    near,
  );
}

function checkTable(table: Fields): void {
  const name = nameText(table['name']) ?? '';
  const folded = foldIdentifier(name);
  const schema = nameText(table['schema']);
  if (/[./\\:*?%]/.test(name)) refuseFile(name, table);
  if (!isAbsent(table['catalog']) || (schema !== null && foldIdentifier(schema) !== 'main')) {
    refuse(
      'schema-refused',
      `A cell may not read from the schema ${schema ?? ''}: it reads cells and sources only.`,
      'Name the cell or source alone.',
      table,
    );
  }
  if (CATALOG_PREFIXES.some((prefix) => folded.startsWith(prefix)) || CATALOG_WORDS.has(folded)) {
    refuse(
      'catalog-refused',
      `A cell may not read ${name}: it belongs to the engine.`,
      'Name a cell or a source.',
      table,
    );
  }
}

/** Something that stands in FROM. */
function checkRelation(node: unknown): void {
  const kind = kindOf(node);
  const fields = inside(node);
  if (kind === 'literal') refuseFile(String(fields['value']), node);
  if (!FROM_NODES.has(kind)) {
    refuse(
      'relation-refused',
      `This cannot be read from in a cell: ${kind.replaceAll('_', ' ')}.`,
      'Read a cell, a source or a query in brackets.',
      node,
    );
  }
  if (kind === 'alias' || kind === 'paren' || kind === 'annotated' || kind === 'lateral') {
    if (!STATEMENT_NODES.has(kindOf(fields['this']))) checkRelation(fields['this']);
  }
  if (kind !== 'function') return;
  const name = foldIdentifier(nameText(fields['name']) ?? '');
  if (!isAllowedTableFunction(name)) {
    checkFunction(name, node);
    refuse(
      'function-refused',
      `The table function ${name} is not allowed in a cell.`,
      'Only range, generate_series and unnest can be read from.',
      node,
    );
  }
}

/** What PIVOT, UNPIVOT, SUMMARIZE and DESCRIBE stand on. */
function checkSubject(node: unknown): void {
  const kind = kindOf(node);
  if (kind === 'column') checkTable(pivotedTable(inside(node)));
  else if (!STATEMENT_NODES.has(kind)) checkRelation(node);
}

/** PIVOT holds its relation as a column, with the schema in the place of the table. */
function pivotedTable(column: Fields): Fields {
  return { name: column['name'], schema: column['table'] };
}

function checkFrom(key: string, value: unknown): void {
  if (key === 'from' && isRecord(value) && Array.isArray(value['expressions']))
    value['expressions'].forEach(checkRelation);
  if (key === 'joins' && Array.isArray(value))
    for (const join of value) if (isRecord(join)) checkRelation(join['this']);
  if (key === 'joined_table' && isRecord(value)) checkRelation(value['left']);
  if ((key === 'pivot' || key === 'unpivot' || key === 'summarize') && isRecord(value))
    checkSubject(value['this']);
  if (key === 'describe' && isRecord(value)) checkSubject(value['target']);
}

function checkNode(key: string, value: unknown, owner: Fields): void {
  const input = key === 'parameter' && isRecord(value) ? value['name'] : null;
  if (typeof input === 'string') {
    refuse('input-unknown', `There is no input named ${input}.`, `Add the input ${input}.`, owner);
  }
  if (FORBIDDEN_NODES.has(key) && Object.keys(owner).length === 1) {
    refuse(
      'statement-refused',
      `${wordFor(key)} is not allowed in a cell.`,
      'Write a query over cells and sources.',
      owner,
    );
  }
  if (key === 'into' && isRecord(value) && 'bulk_collect' in value) {
    refuse(
      'statement-refused',
      'SELECT INTO is not allowed in a cell.',
      'Leave INTO out: the result is kept under the name of the cell.',
      owner,
    );
  }
  if (!isRecord(value)) return;
  if (key === 'table' && isRecord(value['name'])) checkTable(value);
  if (key === 'function' || key === 'aggregate_function') checkFunction(nameText(value['name']) ?? '', value);
  if (key === 'method_call') checkFunction(nameText(value['method']) ?? '', value);
}

function checkText(text: string, near: unknown): void {
  if (!foldIdentifier(text).includes(KEY_SCHEMA)) return;
  refuse(
    'key-refused',
    'A cell may not name what belongs to the project key.',
    'Use hmac_sha256(…): it reaches the key by itself.',
    near,
  );
}

function checkAll(part: unknown): void {
  if (Array.isArray(part)) {
    part.forEach(checkAll);
    return;
  }
  if (!isRecord(part)) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'literal' || key.endsWith('comments') || key === 'span') continue;
    checkNode(key, value, part);
    checkFrom(key, value);
    if (typeof value === 'string') checkText(value, part);
    else checkAll(value);
  }
}

/**
 * Why a cell may not say this, or null where it may. Nothing is run and no name is looked up.
 * Codes: `statement-missing`, `statement-several`, `statement-refused`, `function-refused`, `file-refused`,
 * `schema-refused`, `input-unknown`, `catalog-refused`, `relation-refused`, `key-refused`, `statement-too-deep`.
 */
export function guardStatement(tree: ParseTree): Problem | null {
  try {
    checkStatement(tree);
    checkAll(tree);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    if (error instanceof RangeError) {
      return {
        code: 'statement-too-deep',
        message: 'The statement is nested too deeply.',
        hint: 'Split it into several cells.',
      };
    }
    throw error;
  }
}
