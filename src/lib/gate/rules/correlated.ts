// The rule `correlated`: two columns made of one that tell more together than each alone; must not know the values.
import { sensitivityRank } from '../../base/sensitivity-level.ts';
import type { FunctionStep } from '../../lineage/lineage-types.ts';
import { isSummarized } from '../../lineage/taint.ts';
import type { MacroDefinition, MacroRegistry } from '../../macros/macro-types.ts';
import type { GateInput, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { judgeColumns, writePath, type Origin } from '../judged-columns.ts';
import { countOf, summarizeRule } from '../outcome.ts';

export type CorrelatedInput = Pick<GateInput, 'columns' | 'lineage' | 'sources' | 'registry'>;

/** One output column as it was made of one source column. */
interface Trace {
  readonly column: string;
  readonly origin: Origin;
  readonly macro: MacroDefinition;
  /** From the value to that macro. */
  readonly way: readonly FunctionStep[];
  /** A token tells which values are equal, anything else shows a part of them. */
  readonly kind: 'token' | 'part';
}

/** By what the value itself went through first: a token of a mask tells no more than the mask does. */
function traceOf(column: string, origin: Origin, registry: MacroRegistry): readonly Trace[] {
  const { edge, source } = origin;
  if (source === null || sensitivityRank(source.sensitivity) < sensitivityRank('direct')) return [];
  if (isSummarized(edge.via, registry)) return [];
  const at = edge.via.findIndex(
    ({ name, isLibraryMacro, argument }) =>
      isLibraryMacro && argument === 0 && registry.find(name)?.sanitizer != null,
  );
  const macro = registry.find(edge.via[at]?.name ?? '');
  if (!macro?.sanitizer) return [];
  const { residual, produces } = macro.sanitizer;
  // What leaves nothing and looks like nothing is the same text for every value.
  if (residual === 'none' && produces === null) return [];
  return [
    { column, origin, macro, way: edge.via.slice(0, at + 1), kind: residual === 'none' ? 'token' : 'part' },
  ];
}

/** What takes no part out of a value, whatever else it does to it. */
const KEEPS_WHOLE = new Set(['cast', 'lower', 'upper', 'trim']);

/** The same mask of the whole value. The lineage does not hold arguments: `substring` may have taken another part each time. */
function isSameWay(a: Trace, b: Trace): boolean {
  const isWhole = ({ way, macro }: Trace) =>
    macro.parameters.length === 1 && way.slice(0, -1).every(({ name }) => KEEPS_WHOLE.has(name));
  return a.macro === b.macro && isWhole(a) && isWhole(b);
}

function findingOf(column: Trace, message: string, other: string): Finding {
  const path = writePath(column.origin.edge.path, column.column);
  const text = `Publish ${column.column} or ${other}, not both.`;
  return { rule: 'correlated', severity: 'block', column: column.column, path, message, mend: { text } };
}

/** Beside a part, a token can be narrowed down to few people; two masks can show the whole between them. */
function judgePair(a: Trace, b: Trace): Finding | null {
  if (a.column === b.column) return null;
  const { from } = a.origin.edge;
  const of = `${from.relation}.${from.column}`;
  if (a.kind === 'token' && b.kind === 'part') {
    const message = `${b.column} shows ${b.macro.sanitizer?.shows ?? 'a part'} of ${of}, and ${a.column} is a token of the same value: together they narrow down whose token it is.`;
    return findingOf(b, message, a.column);
  }
  const areMasks =
    a.kind === 'part' && b.kind === 'part' && a.macro.topic === 'mask' && b.macro.topic === 'mask';
  if (!areMasks || isSameWay(a, b)) return null;
  const message = `${a.column} and ${b.column} are masks of ${of} that show different parts of it: together they may show the whole.`;
  return findingOf(b, message, a.column);
}

function tracesBySource(input: CorrelatedInput): readonly (readonly Trace[])[] {
  const bySource = new Map<string, Trace[]>();
  for (const column of judgeColumns(input))
    for (const origin of column.origins)
      for (const trace of traceOf(column.name, origin, input.registry)) {
        const { relation, column: name } = origin.edge.from;
        const key = JSON.stringify([relation.toLowerCase(), name.toLowerCase()]);
        bySource.set(key, [...(bySource.get(key) ?? []), trace]);
      }
  return [...bySource.values()];
}

/** Pairs are formed within this publication only; an earlier version of the module is not looked at. */
export function judgeCorrelated(input: CorrelatedInput): RuleVerdict {
  const groups = tracesBySource(input);
  const findings = groups.flatMap((traces) => {
    const [tokens, parts] = [
      traces.filter(({ kind }) => kind === 'token'),
      traces.filter(({ kind }) => kind === 'part'),
    ];
    const beside = parts.flatMap((part) => {
      const found = tokens.map((token) => judgePair(token, part)).find((finding) => finding !== null);
      return found ? [found] : [];
    });
    const pairs = parts.flatMap((part, index) => {
      const found = parts
        .slice(0, index)
        .map((earlier) => judgePair(earlier, part))
        .find((finding) => finding !== null);
      return found ? [found] : [];
    });
    return [...beside, ...pairs];
  });
  const summary = `${countOf(groups.length, 'sanitized source column')} looked at`;
  return { findings, outcome: summarizeRule('correlated', findings, summary) };
}
