// How this browser's person likes to read: text size, density, number format; kept here, applied to the document. Knows no component.
import { readKeptTour, type KeptTour } from '../tour/kept-tour.ts';
import { useFigureLocale } from '../primitives/figures.ts';

export type TextSize = 'small' | 'normal' | 'large' | 'larger' | 'largest';
export type Density = 'compact' | 'normal' | 'roomy';

export const TEXT_SIZES: readonly { readonly name: TextSize; readonly label: string }[] = [
  { name: 'small', label: 'Small (88 %)' },
  { name: 'normal', label: 'Normal (100 %)' },
  { name: 'large', label: 'Large (113 %)' },
  { name: 'larger', label: 'Larger (125 %)' },
  { name: 'largest', label: 'Largest (150 %)' },
];

export const DENSITIES: readonly { readonly name: Density; readonly label: string }[] = [
  { name: 'compact', label: 'Compact' },
  { name: 'normal', label: 'Normal' },
  { name: 'roomy', label: 'Roomy' },
];

/** BCP 47 tags whose ways of writing numbers and dates differ; null is what the browser says. */
export const LOCALES: readonly (string | null)[] = [
  null,
  'en-GB',
  'en-US',
  'de-DE',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'pl-PL',
  'uk-UA',
  'sv-SE',
  'pt-BR',
  'hi-IN',
  'ja-JP',
];

const STORAGE_KEY = 'sluice-preferences';

interface StoredPreferences {
  readonly textSize: TextSize;
  readonly density: Density;
  readonly locale: string | null;
  readonly tour: KeptTour | null;
  /** Profiles of columns over results. */
  readonly showsProfiles: boolean;
  /** Values of sensitive columns cannot be read on the screen. */
  readonly blursSensitive: boolean;
}

const DEFAULTS: StoredPreferences = {
  textSize: 'normal',
  density: 'normal',
  locale: null,
  showsProfiles: true,
  blursSensitive: false,
  tour: null,
};

function choose<T extends string | null>(known: readonly T[], value: unknown, fallback: T): T {
  return known.find((one) => one === value) ?? fallback;
}

function parseMembers(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}

/** Whatever lies in the browser's storage, as preferences: what is not known is left at its default. */
export function readPreferences(text: string | null): StoredPreferences {
  const members = parseMembers(text);
  return {
    textSize: choose(
      TEXT_SIZES.map(({ name }) => name),
      members['textSize'],
      'normal',
    ),
    density: choose(
      DENSITIES.map(({ name }) => name),
      members['density'],
      'normal',
    ),
    locale: choose(LOCALES, members['locale'], null),
    tour: readKeptTour(members['tour']),
    showsProfiles: members['showsProfiles'] !== false,
    blursSensitive: members['blursSensitive'] === true,
  };
}

class Preferences {
  #current: StoredPreferences = $state.raw(DEFAULTS);

  get textSize(): TextSize {
    return this.#current.textSize;
  }
  get density(): Density {
    return this.#current.density;
  }
  get locale(): string | null {
    return this.#current.locale;
  }

  get tour(): KeptTour | null {
    return this.#current.tour;
  }
  get showsProfiles(): boolean {
    return this.#current.showsProfiles;
  }
  get blursSensitive(): boolean {
    return this.#current.blursSensitive;
  }

  /** Reads what was stored and applies it; call once, as early as the page can. */
  start(): void {
    let text: string | null = null;
    try {
      text = localStorage.getItem(STORAGE_KEY);
    } catch {
      // Storage may be closed to us: the defaults hold then.
    }
    this.#apply(readPreferences(text));
  }

  change(change: Partial<StoredPreferences>): void {
    this.#apply({ ...this.#current, ...change });
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(this.#current));
    } catch {
      // The choice then holds for this visit only.
    }
  }

  #apply(next: StoredPreferences): void {
    this.#current = next;
    document.documentElement.dataset['textSize'] = next.textSize;
    document.documentElement.dataset['density'] = next.density;
    useFigureLocale(next.locale);
  }
}

export const preferences = new Preferences();
