// What is typed into a field ⇄ a number, truth value or text, alone and in lists; must not know checks, steps or components.

/** Commas within double quotes part nothing. */
const ITEM = /\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)/gy;

/** True where a number says every character of the text: not of `01234`, `1.50` or more digits than a number keeps. */
function isCanonicalNumber(text: string): boolean {
  return /\d/.test(text) && Number.isFinite(Number(text)) && String(Number(text)) === text;
}

function isPlainScalar(text: string): boolean {
  return isCanonicalNumber(text) || text === 'true' || text === 'false';
}

/** The text between double quotes, or null where there are none. */
export function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** A number or truth value where it says the text to the last character, else a text; in quotes always a text. */
export function scalarOf(text: string): string | number | boolean {
  if (isCanonicalNumber(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return unquoted(text) ?? text;
}

/** Items set apart by commas, without empty ones; quotes stay. */
export function itemsOf(text: string): readonly string[] {
  return [...text.matchAll(ITEM)].map(([, item = '']) => item.trim()).filter((item) => item !== '');
}

/** What `scalarOf` reads as this value again. */
export function scalarText(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isAmbiguous = value.trim() !== value || value === '' || value.startsWith('"') || isPlainScalar(value);
  return isAmbiguous ? JSON.stringify(value) : value;
}

/** What is read as this text again among the items of a list of texts. */
export function itemText(value: string): string {
  const isAmbiguous = value.trim() !== value || value === '' || /[",]/.test(value);
  return isAmbiguous ? JSON.stringify(value) : value;
}

/** What `scalarOf` reads as this value again among the items of a list. */
export function scalarItemText(value: string | number | boolean): string {
  return typeof value === 'string' && isPlainScalar(value) ? JSON.stringify(value) : itemText(String(value));
}
