// Relations, macros and notation that the lineage tests share.
import type {
  ColumnLineage,
  DirectEdge,
  FunctionStep,
  IndirectEdge,
  RelationColumns,
} from '../../../src/lib/lineage/lineage-types.ts';

export const INPUTS: readonly RelationColumns[] = [
  { name: 'users', columns: ['id', 'name', 'email', 'salary', 'country', 'born', 'tags', 'address'] },
  { name: 'orders', columns: ['id', 'user_id', 'amount', 'note', 'placed'] },
];

/** A relation by name, as the engine compares names. */
export function inputNamed(name: string): RelationColumns | null {
  return INPUTS.find((input) => input.name === name.toLowerCase()) ?? null;
}

/** The same relations as SQL, with values that differ in every column. */
export const ROWS: Readonly<Record<string, string>> = {
  users: `SELECT * FROM (VALUES
    (1, 'Ada', 'ada@x.org', 10, 'UA', DATE '1990-01-01', ['a', 'b'], {'street': 'S1', 'city': 'C1'}),
    (2, 'Bob', 'bob@x.org', 20, 'PL', DATE '1991-02-02', ['c'], {'street': 'S2', 'city': 'C2'}),
    (3, 'Cyd', 'cyd@x.org', 3, 'UA', DATE '1992-03-03', ['b', 'd'], {'street': 'S3', 'city': 'C3'})
  ) AS v(id, name, email, salary, country, born, tags, address)`,
  orders: `SELECT * FROM (VALUES
    (1, 1, 5, 'first', TIMESTAMP '2020-01-01 10:00:00'),
    (2, 1, 15, 'Bob', TIMESTAMP '2020-02-01 10:00:00'),
    (3, 3, 25, 'UA', TIMESTAMP '2020-03-01 10:00:00')
  ) AS v(id, user_id, amount, note, placed)`,
};

export const LIBRARY: ReadonlySet<string> = new Set([
  'mask_email',
  'mask_phone',
  'mask_card',
  'hmac_sha256',
  'redact',
  'bucket_number',
  'truncate_date',
  'impute_mean',
]);

function describeStep(step: FunctionStep): string {
  return `${step.isLibraryMacro ? 'sluice.' : ''}${step.name}${step.argument > 0 ? `@${step.argument}` : ''}`;
}

/** `users.email aggregation: lower, max@1`: source, kind where it is not identity, steps with the argument from 1 on. */
export function describeEdge(edge: DirectEdge | IndirectEdge): string {
  const from = `${edge.from.relation}.${edge.from.column}`;
  const kind = edge.kind === 'identity' ? '' : ` ${edge.kind}`;
  return `${from}${kind}${edge.via.length > 0 ? `: ${edge.via.map(describeStep).join(', ')}` : ''}`;
}

export function describeColumn(column: ColumnLineage): string {
  const direct = column.direct.map(describeEdge).join(' + ');
  const indirect = column.indirect.map(describeEdge).join(' + ');
  return `${column.name || '?'} <- ${direct}${indirect === '' ? '' : ` ~ ${indirect}`}`.trim();
}
