// Reads what the page shows out of a module's documents, which come from disk and are trusted in nothing.
import type { Finding, RuleOutcome } from '../../gate/gate-types.ts';
import type { RiskReport } from '../../risk/risk-types.ts';

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

export interface DocumentedColumn {
  readonly name: string;
  readonly description: string | null;
  readonly dataType: string | null;
}

/** The fields of every record set of a Croissant document (MLCommons Croissant 1.1). */
export function readColumns(croissant: unknown): readonly DocumentedColumn[] {
  const sets = asList(asObject(croissant)['recordSet']).map(asObject);
  return sets
    .flatMap((set) => asList(set['field']).map(asObject))
    .map((field) => ({
      name: asText(field['name']) ?? asText(field['@id']) ?? '',
      description: asText(field['description']),
      dataType: asList(field['dataType']).map(asText).join(', ') || null,
    }))
    .filter((column) => column.name !== '');
}

export interface DocumentedVerdict {
  readonly verdict: string;
  readonly rules: readonly RuleOutcome[];
  readonly findings: readonly Finding[];
}

function isRule(value: unknown): value is RuleOutcome {
  const { rule, outcome, summary } = asObject(value);
  return typeof rule === 'string' && typeof outcome === 'string' && typeof summary === 'string';
}

function isFinding(value: unknown): value is Finding {
  const { rule, severity, message, mend } = asObject(value);
  return (
    [rule, severity, message].every((part) => typeof part === 'string') &&
    typeof asObject(mend)['text'] === 'string'
  );
}

/** Null where the document holds no verdict. */
export function readVerdict(gate: unknown): DocumentedVerdict | null {
  const document = asObject(gate);
  const verdict = asText(document['verdict']);
  if (verdict === null) return null;
  return {
    verdict,
    rules: asList(document['rules']).filter(isRule),
    findings: asList(document['findings']).filter(isFinding),
  };
}

/** Null where there are no figures. */
export function readRisk(risk: unknown): Partial<RiskReport> | null {
  const report = asObject(risk);
  const figures = Object.entries(report).filter(([, value]) => typeof value === 'number');
  return figures.length > 0 ? (Object.fromEntries(figures) as Partial<RiskReport>) : null;
}

export interface DocumentedStep {
  readonly title: string;
  readonly kind: string | null;
  readonly sql: string | null;
  /** e.g. `safe: 1,000 rows`. */
  readonly outputs: readonly { readonly name: string; readonly rows: number | null }[];
}

function readStep(value: unknown): DocumentedStep {
  const step = asObject(value);
  const outputs = asList(step['outputs'] ?? step['output']).map(asObject);
  return {
    title:
      asText(step['title']) ?? asText(step['name']) ?? asText(step['cell']) ?? asText(step['kind']) ?? 'Step',
    kind: asText(step['kind']),
    sql: asText(step['sql']),
    outputs: outputs
      .map((output) => ({
        name: asText(output['relation']) ?? asText(output['path']) ?? asText(output['name']) ?? '',
        rows: [output['rows'], output['rowCount']].find((count) => typeof count === 'number') ?? null,
      }))
      .filter((output) => output.name !== ''),
  };
}

/** The entries of a step log, in order. */
export function readSteps(steps: unknown): readonly DocumentedStep[] {
  const entries = Array.isArray(steps) ? steps : asList(asObject(steps)['steps']);
  return entries.map(readStep);
}

export interface DocumentedLineage {
  readonly columns: readonly { readonly column: string; readonly inputs: readonly DocumentedInput[] }[];
  /** What decides which rows there are: filters, joins, groups, sorts. */
  readonly rows: readonly DocumentedInput[];
}

export interface DocumentedInput {
  /** e.g. `users.email`. */
  readonly from: string;
  /** e.g. `direct transformation hmac_sha256`. */
  readonly how: readonly string[];
}

function readInputs(value: unknown): readonly DocumentedInput[] {
  return asList(value).map((input) => {
    const { name, field, transformations } = asObject(input);
    const how = asList(transformations).map((item) => {
      const { type, subtype, description } = asObject(item);
      const words = [type, subtype].map((word) => asText(word)?.toLowerCase().replaceAll('_', ' '));
      return [...words, asText(description)].filter(Boolean).join(' ');
    });
    return { from: [asText(name), asText(field)].filter(Boolean).join('.'), how };
  });
}

/** An OpenLineage dataset's column-lineage facet (ColumnLineageDatasetFacet 1-2-0). */
export function readLineage(lineage: unknown): DocumentedLineage {
  const facet = asObject(asObject(asObject(lineage)['facets'])['columnLineage']);
  const columns = Object.entries(asObject(facet['fields'])).map(([column, value]) => ({
    column,
    inputs: readInputs(asObject(value)['inputFields']),
  }));
  return { columns, rows: readInputs(facet['dataset']) };
}
