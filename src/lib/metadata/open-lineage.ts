// Column lineage as an OpenLineage facet; must not know how lineage is found.
import type {
  ColumnRef,
  DirectKind,
  FunctionStep,
  IndirectKind,
  RelationLineage,
} from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { SourceDescription } from './dataset-description.ts';

/** OpenLineage `ColumnLineageDatasetFacet` 1-2-0, https://openlineage.io/docs/spec/facets/dataset-facets/column_lineage_facet */
const FACET_SCHEMA =
  'https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet';

const DIRECT_SUBTYPES: Readonly<Record<DirectKind, string>> = {
  identity: 'IDENTITY',
  transformation: 'TRANSFORMATION',
  aggregation: 'AGGREGATION',
};

const INDIRECT_SUBTYPES: Readonly<Record<IndirectKind, string>> = {
  join: 'JOIN',
  filter: 'FILTER',
  group: 'GROUP_BY',
  sort: 'SORT',
  window: 'WINDOW',
  condition: 'CONDITIONAL',
};

interface LineageTransformation {
  readonly type: 'DIRECT' | 'INDIRECT';
  readonly subtype: string;
  /** Functions on the way, innermost first. */
  readonly description: string;
  /** True where a registered sanitizer is on the way. */
  readonly masking: boolean;
}

interface LineageInputField {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly transformations: readonly LineageTransformation[];
}

interface ColumnLineageFacet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly fields: Readonly<Record<string, { readonly inputFields: readonly LineageInputField[] }>>;
  /** Inputs of every field: filters, joins, groups, sorts. */
  readonly dataset: readonly LineageInputField[];
}

export interface LineageDocument {
  readonly namespace: string;
  readonly name: string;
  readonly facets: { readonly columnLineage: ColumnLineageFacet };
}

export interface LineageRequest {
  /** e.g. `hr`. */
  readonly namespace: string;
  readonly module: string;
  readonly lineage: RelationLineage;
  readonly sources: readonly SourceDescription[];
  readonly registry: MacroRegistry;
  readonly appVersion: string;
}

interface Influence {
  readonly from: ColumnRef;
  readonly transformation: LineageTransformation;
}

function influence(
  from: ColumnRef,
  via: readonly FunctionStep[],
  kind: Pick<LineageTransformation, 'type' | 'subtype'>,
  registry: MacroRegistry,
): Influence {
  const masking = via.some((step) => step.isLibraryMacro && registry.find(step.name)?.sanitizer != null);
  return { from, transformation: { ...kind, description: via.map((step) => step.name).join(', '), masking } };
}

/** Input fields with all their transformations, each named once. */
function groupByField(
  influences: readonly Influence[],
  sources: readonly SourceDescription[],
): readonly LineageInputField[] {
  const fields = new Map<
    string,
    { readonly ref: ColumnRef; readonly transformations: Map<string, LineageTransformation> }
  >();
  for (const { from, transformation } of influences) {
    const key = JSON.stringify([from.relation, from.column]);
    const field = fields.get(key) ?? { ref: from, transformations: new Map<string, LineageTransformation>() };
    field.transformations.set(JSON.stringify(transformation), transformation);
    fields.set(key, field);
  }
  return [...fields.values()].map(({ ref, transformations }) => {
    const source = sources.find((each) => each.relation.toLowerCase() === ref.relation.toLowerCase());
    return {
      namespace: source === undefined ? 'unknown' : `sha256:${source.sha256}`,
      name: ref.relation,
      field: ref.column,
      transformations: [...transformations.values()],
    };
  });
}

/** `lineage.json`: an OpenLineage dataset with its `columnLineage` facet; sources are named by digest. */
export function buildLineageDocument(request: LineageRequest): LineageDocument {
  const { lineage, registry, sources } = request;
  const indirect = (edges: RelationLineage['indirect']) =>
    edges.map((edge) =>
      influence(edge.from, edge.via, { type: 'INDIRECT', subtype: INDIRECT_SUBTYPES[edge.kind] }, registry),
    );
  const fields = lineage.columns.map((column) => {
    const direct = column.direct.map((edge) =>
      influence(edge.from, edge.via, { type: 'DIRECT', subtype: DIRECT_SUBTYPES[edge.kind] }, registry),
    );
    return [
      column.name,
      { inputFields: groupByField([...direct, ...indirect(column.indirect)], sources) },
    ] as const;
  });
  return {
    namespace: request.namespace,
    name: request.module,
    facets: {
      columnLineage: {
        _producer: `urn:sluice:application:${request.appVersion}`,
        _schemaURL: FACET_SCHEMA,
        fields: Object.fromEntries(fields),
        dataset: groupByField(indirect(lineage.indirect), sources),
      },
    },
  };
}
