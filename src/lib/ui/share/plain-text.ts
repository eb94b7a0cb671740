// Makes characters visible that could hide or turn around what is read; must not know whose text it is.

/** Controls but tab and line feed, directional formatting, zero-width characters and line separators (Unicode 16, UAX #9). */
const HIDDEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff]/gu;

/** `a\u202Eb` → `a⟨U+202E⟩b`. */
export function showPlainly(text: string): string {
  return text.replace(HIDDEN, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
