// Finds the parts of the small pages; must not know what they say.

/** @throws where the page has no such part. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no part “${id}”.`);
  return found;
}
