// What can be done with a column of a result, as entries of a menu; must not know how menus look or where they stand.
import type { ResultLook } from '../../session/look-view-types.ts';
import type { StepColumn, StepStart } from '../../session/step-view-types.ts';
import type { MenuEntry } from '../primitives/menu-entry.ts';
import { stepsForColumn } from '../steps/column-steps.ts';

/** What the menu needs of a look. */
export type ColumnLook = Pick<
  ResultLook,
  'sort' | 'pinned' | 'ownClause' | 'sortBy' | 'filter' | 'pin' | 'hide'
>;

type Direction = 'ascending' | 'descending';

/** Ascending, descending, not at all. */
export function nextDirection(look: Pick<ColumnLook, 'sort'>, column: string): Direction | null {
  const key = look.sort.find((each) => each.column === column);
  if (key === undefined) return 'ascending';
  return key.isDescending ? null : 'descending';
}

function sortEntries(look: ColumnLook, column: string): readonly MenuEntry[] {
  const key = look.sort.find((each) => each.column === column);
  const isOnly = key !== undefined && look.sort.length === 1;
  const by = (direction: Direction, keepsOthers: boolean) => () =>
    look.sortBy(column, direction, keepsOthers);
  const hasOthers = look.sort.some((each) => each.column !== column);
  return [
    {
      label: 'Sort ascending',
      checked: isOnly && !key.isDescending,
      startsGroup: true,
      onselect: by('ascending', false),
    },
    {
      label: 'Sort descending',
      checked: isOnly && key.isDescending,
      onselect: by('descending', false),
    },
    ...(hasOthers
      ? [
          { label: 'Then sort ascending', onselect: by('ascending', true) },
          { label: 'Then sort descending', onselect: by('descending', true) },
        ]
      : []),
    ...(key ? [{ label: 'Do not sort by it', onselect: () => look.sortBy(column, null, true) }] : []),
  ];
}

function filterEntries(look: ColumnLook, column: string): readonly MenuEntry[] {
  const clause = look.ownClause(column);
  const isNull = clause?.kind === 'null' ? clause.isNull : null;
  const byNull = (wanted: boolean) => () =>
    look.filter(column, isNull === wanted ? null : { kind: 'null', column, isNull: wanted });
  return [
    { label: 'Only NULL', checked: isNull === true, startsGroup: true, onselect: byNull(true) },
    { label: 'Without NULL', checked: isNull === false, onselect: byNull(false) },
    ...(clause ? [{ label: 'Remove its filter', onselect: () => look.filter(column, null) }] : []),
  ];
}

/** What opens beside a column's head. */
export type PanelKind = 'menu' | 'steps' | 'card';

export interface ColumnVerbs {
  readonly onfigures: () => void;
  /** Opens the list of steps; undefined where none can be added. */
  readonly onsteps: (() => void) | undefined;
  readonly oninspect: (() => void) | undefined;
}

export function columnEntries(look: ColumnLook, column: string, verbs: ColumnVerbs): readonly MenuEntry[] {
  const isPinned = look.pinned.includes(column);
  return [
    { label: 'Figures and filter…', onselect: verbs.onfigures },
    ...sortEntries(look, column),
    ...filterEntries(look, column),
    {
      label: isPinned ? 'Unpin' : 'Pin at the left',
      startsGroup: true,
      onselect: () => look.pin(column, !isPinned),
    },
    { label: 'Hide column', onselect: () => look.hide(column) },
    ...(verbs.onsteps ? [{ label: 'Add step…', startsGroup: true, onselect: verbs.onsteps }] : []),
    ...(verbs.oninspect ? [{ label: 'Inspect column', startsGroup: true, onselect: verbs.oninspect }] : []),
  ];
}

/** Steps for the column, a line between their groups. */
export function stepEntries(
  column: Pick<StepColumn, 'name' | 'type'>,
  onstep: (start: StepStart) => void,
): readonly MenuEntry[] {
  const steps = stepsForColumn(column);
  return steps.map(({ title, group, start }, at) => ({
    label: `${title}…`,
    startsGroup: at > 0 && steps[at - 1]?.group !== group,
    onselect: () => onstep(start),
  }));
}
