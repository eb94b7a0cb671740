// The chosen theme: kept in this browser, applied to the document; must not know any colour.

export type ThemeName =
  'system' | 'light' | 'dark' | 'high-contrast' | 'high-contrast-light' | 'high-contrast-dark';

export const THEMES: readonly { readonly name: ThemeName; readonly label: string }[] = [
  { name: 'system', label: 'As the system' },
  { name: 'light', label: 'Light' },
  { name: 'dark', label: 'Dark' },
  { name: 'high-contrast', label: 'High contrast' },
  { name: 'high-contrast-light', label: 'High contrast, light' },
  { name: 'high-contrast-dark', label: 'High contrast, dark' },
];

const STORAGE_KEY = 'sluice-theme';

function isThemeName(text: string | null): text is ThemeName {
  return THEMES.some((theme) => theme.name === text);
}

function readStored(): ThemeName {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isThemeName(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

class ThemeChoice {
  #current = $state<ThemeName>('system');

  get current(): ThemeName {
    return this.#current;
  }

  /** Reads the stored choice and applies it; call once, as early as the page can. */
  start(): void {
    this.#apply(readStored());
  }

  choose(name: ThemeName): void {
    this.#apply(name);
    try {
      localStorage.setItem(STORAGE_KEY, name);
    } catch {
      // Storage may be closed to us; the choice then holds for this visit only.
    }
  }

  #apply(name: ThemeName): void {
    this.#current = name;
    document.documentElement.dataset['theme'] = name;
  }
}

export const theme = new ThemeChoice();
