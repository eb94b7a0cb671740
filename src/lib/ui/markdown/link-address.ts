// Decides what may be done with an address found in a text; must not open anything itself.

export interface LinkAddress {
  /** As written, with control and direction-changing characters made visible. */
  readonly shown: string;
  /** The address to open, or null where it may only be copied. */
  readonly openable: string | null;
  /** One sentence for the person. */
  readonly advice: string;
}

const OPENABLE_PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Code points by which an address can look like another: controls, zero-width and direction-changing characters. */
const INVISIBLE_RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];

function isInvisible(code: number): boolean {
  return INVISIBLE_RANGES.some(([from, to]) => code >= from && code <= to);
}

function showInvisible(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return isInvisible(code) ? `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩` : character;
    })
    .join('');
}

function parseAddress(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Only absolute `http`, `https` and `mailto` addresses without invisible characters can be opened. */
export function judgeAddress(address: string): LinkAddress {
  const shown = showInvisible(address);
  const url = parseAddress(address);
  if (url === null) {
    return {
      shown,
      openable: null,
      advice: 'This is not a complete web address, so it cannot be opened from here.',
    };
  }
  if (!OPENABLE_PROTOCOLS.includes(url.protocol) || shown !== address) {
    return { shown, openable: null, advice: 'Addresses of this kind are not opened from a notebook.' };
  }
  if (url.protocol === 'mailto:') {
    return { shown, openable: url.href, advice: 'Opening it starts your mail program.' };
  }
  return {
    shown,
    openable: url.href,
    advice: `Opening it leaves the notebook and tells ${url.host} that you came. None of your data goes along.`,
  };
}
