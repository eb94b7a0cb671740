// Inputs without values that may tell of the data: an input whose value goes has none; must not know what is sensitive.
import { isOfColumn } from '../notebook/inputs/input-form.ts';
import type {
  Ends,
  InputChoice,
  InputOptions,
  InputSpec,
  InputSpecs,
} from '../notebook/inputs/input-types.ts';
import type { TextCleaner } from './text-cleaner.ts';

type Clean = <T extends InputChoice>(value: T | null) => T | null;

function cleanEnds<T extends InputChoice>({ min, max }: Ends<T>, clean: Clean): Ends<T> {
  return { min: clean(min), max: clean(max) };
}

function cleanOptions(options: InputOptions, where: string, clean: Clean, log: TextCleaner): InputOptions {
  if (isOfColumn(options)) return { ...options, column: log.name(where, options.column) };
  return options.flatMap((each) => clean(each) ?? []);
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

function withoutBounds<T extends Bounds>({ min: _, max: __, step: ___, ...rest }: T): Omit<T, keyof Bounds> {
  return rest;
}

/** What may be chosen can tell of the data as much as what is chosen. */
function cleanBounds(bounds: Bounds, clean: Clean): Bounds {
  const kept = (['min', 'max', 'step'] as const).flatMap((key) => {
    const value = clean(bounds[key] ?? null);
    return value === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries(kept);
}

function cleanValue(spec: InputSpec, where: string, log: TextCleaner): InputSpec {
  const clean: Clean = (value) =>
    value === null || log.value(where, String(value)) === String(value) ? value : null;
  switch (spec.type) {
    case 'text':
    case 'date':
      return { ...spec, value: clean(spec.value) };
    case 'number':
      return { ...withoutBounds(spec), ...cleanBounds(spec, clean), value: clean(spec.value) };
    case 'range':
      return { ...withoutBounds(spec), ...cleanBounds(spec, clean), value: cleanEnds(spec.value, clean) };
    case 'date-range':
      return { ...spec, value: cleanEnds(spec.value, clean) };
    case 'select':
      return {
        ...spec,
        value: clean(spec.value),
        options: cleanOptions(spec.options, where, clean, log),
      };
    case 'multi-select':
      return {
        ...spec,
        value: spec.value.flatMap((each) => clean(each) ?? []),
        options: cleanOptions(spec.options, where, clean, log),
      };
  }
}

/** Names stay, as those of cells and sources do. */
export function cleanInputs(inputs: InputSpecs, log: TextCleaner): InputSpecs {
  const entries = Object.entries(inputs).map(([name, spec]): [string, InputSpec] => {
    const where = `notebook: input ${name}`;
    const clean = cleanValue(spec, where, log);
    return [name, clean.label === undefined ? clean : { ...clean, label: log.text(where, clean.label) }];
  });
  return Object.fromEntries(entries);
}
