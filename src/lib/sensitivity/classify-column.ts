// Decides from the name of a column, its type and counts over its values what it holds; must not know how values are counted.
import { sensitivityRank } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import { findNameHint, isVetoed, type NameHintFound } from './name-hint.ts';
import type { Recognizer } from './recognizers/recognizer.ts';
import { RECOGNIZERS } from './recognizers/recognizers.ts';
import type { ColumnFinding } from './sensitivity-types.ts';
import { typeFamily } from './type-family.ts';

/** Counts of one recognizer over the values looked at. */
export interface ShapeCounts {
  readonly matched: number;
  readonly validated: number;
}

export interface ColumnCounts {
  /** Distinct non-NULL values looked at. */
  readonly examined: number;
  readonly sampled: boolean;
  readonly shapes: ReadonlyMap<Recognizer, ShapeCounts>;
}

export const NOTHING_COUNTED: ColumnCounts = { examined: 0, sampled: false, shapes: new Map() };

const NO_SHAPE: ShapeCounts = { matched: 0, validated: 0 };

/** From half of the values on, a shape speaks for the whole column. */
const MOST = 0.5;

/** The recognizers whose values are worth counting in a column. */
export function recognizersFor(column: ColumnType): readonly Recognizer[] {
  const family = typeFamily(column.type);
  return RECOGNIZERS.filter((recognizer) => {
    if (!recognizer.shapes[family] || isVetoed(column.name, recognizer.hints)) return false;
    if (family === 'text' && recognizer.shareWithoutHint !== null) return true;
    const carriesAlone =
      recognizer.shareWithoutHint !== null && recognizer.shapes[family].validated !== 'FALSE';
    return carriesAlone || findNameHint(column.name, recognizer.hints) !== null;
  });
}

function confidenceOfStrongHint(recognizer: Recognizer, examined: number, counts: ShapeCounts): number {
  if (examined === 0 || counts.matched === 0) return recognizer.hintConfidence;
  if (counts.validated >= MOST * examined) return 0.99;
  if (counts.validated > 0 && counts.validated >= recognizer.shareOfMatched * counts.matched) return 0.9;
  return counts.matched >= MOST * examined ? 0.75 : 0.6;
}

function confidenceOfWeakHint(recognizer: Recognizer, examined: number, counts: ShapeCounts): number | null {
  const isEnough =
    counts.validated > 0 &&
    counts.validated >= recognizer.shareWithWeakHint * examined &&
    counts.validated >= recognizer.shareOfMatched * counts.matched;
  if (isEnough) return 0.9;
  const isOfShape = counts.matched > 0 && counts.matched >= MOST * examined;
  return isOfShape ? (recognizer.weakHintOverShape ?? null) : null;
}

function confidenceOfValues(recognizer: Recognizer, examined: number, counts: ShapeCounts): number | null {
  if (recognizer.shareWithoutHint === null || counts.validated === 0) return null;
  if (counts.validated < recognizer.shareWithoutHint * examined) return null;
  if (counts.validated < recognizer.shareOfMatched * counts.matched) return null;
  return 0.6 + 0.35 * Math.min(1, counts.validated / examined);
}

interface Candidate {
  readonly recognizer: Recognizer;
  readonly confidence: number;
  readonly counts: ShapeCounts;
  readonly hint: NameHintFound | null;
}

function judge(recognizer: Recognizer, column: ColumnType, counts: ColumnCounts): Candidate | null {
  if (isVetoed(column.name, recognizer.hints)) return null;
  const isHintable = recognizer.families.includes(typeFamily(column.type));
  const hint = isHintable ? findNameHint(column.name, recognizer.hints) : null;
  const shape = counts.shapes.get(recognizer) ?? NO_SHAPE;
  const confidence =
    (hint?.strength === 'strong' ? confidenceOfStrongHint(recognizer, counts.examined, shape) : null) ??
    (hint?.strength === 'weak' ? confidenceOfWeakHint(recognizer, counts.examined, shape) : null) ??
    confidenceOfValues(recognizer, counts.examined, shape);
  return confidence === null ? null : { recognizer, confidence, counts: shape, hint };
}

/** Values that were checked outrank names alone; then confidence, then the more sensitive. */
function outranks(a: Candidate, b: Candidate): boolean {
  const isBacked = (candidate: Candidate) =>
    candidate.counts.validated > 0 &&
    sensitivityRank(candidate.recognizer.sensitivity) >= sensitivityRank('direct');
  if (isBacked(a) !== isBacked(b)) return isBacked(a);
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return sensitivityRank(a.recognizer.sensitivity) > sensitivityRank(b.recognizer.sensitivity);
}

/** What a column holds. `none` with a null entity where no recognizer is carried by name or values. */
export function classifyColumn(column: ColumnType, counts: ColumnCounts): ColumnFinding {
  let best: Candidate | null = null;
  for (const recognizer of RECOGNIZERS) {
    const candidate = judge(recognizer, column, counts);
    if (candidate && (best === null || outranks(candidate, best))) best = candidate;
  }
  return {
    name: column.name,
    type: column.type,
    sensitivity: best?.recognizer.sensitivity ?? 'none',
    entity: best?.recognizer.entity ?? null,
    confidence: best ? Math.round(best.confidence * 100) / 100 : 0,
    evidence: {
      examined: counts.examined,
      matched: best?.counts.matched ?? 0,
      validated: best?.counts.validated ?? 0,
      sampled: counts.sampled,
      nameHint: best?.hint?.words ?? null,
    },
  };
}
