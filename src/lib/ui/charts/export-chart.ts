// A drawn chart as a file: colours as they are on the page now, title, legend and what holds for it within; must not know how it was drawn.

interface Legend {
  readonly label: string;
  readonly entries: readonly { readonly word: string; readonly colour: string }[];
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const PAINTS = ['fill', 'stroke', 'color'] as const;
const LINE_PX = 20;
const MARGIN_PX = 12;
/** Wide enough for most letters of the 13 px face, so that a line rather breaks early than runs out of the picture. */
const LETTER_PX = 7.2;

/** `#rrggbb` of any CSS colour, which every program reads. */
function hexOf(colour: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context || colour === 'none') return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function resolveToken(colour: string, beside: Element): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  if (name === undefined) return colour;
  const probe = document.createElement('span');
  probe.style.color = colour;
  (beside.parentElement ?? document.body).append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return hexOf(resolved);
}

/** Each element's paint as it is computed on the page, in place of tokens and `currentColor`. */
function withPaints(shown: SVGSVGElement): SVGSVGElement {
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const pairs = [...shown.querySelectorAll('*')].map(
    (element, index) => [element, copy.querySelectorAll('*')[index]] as const,
  );
  for (const [element, twin] of [[shown, copy] as const, ...pairs]) {
    for (const paint of PAINTS) {
      const written = element.getAttribute(paint);
      if (written === null || (!written.startsWith('var(') && written !== 'currentColor')) continue;
      twin?.setAttribute(paint, hexOf(getComputedStyle(element)[paint]));
    }
  }
  for (const tip of copy.querySelectorAll('[aria-label="tip"]')) tip.remove();
  copy.style.color = hexOf(getComputedStyle(shown).color);
  copy.style.fontFamily = 'system-ui, sans-serif';
  return copy;
}

function text(words: string, x: number, y: number, colour: string, weight = '400'): SVGTextElement {
  const element = document.createElementNS(NAMESPACE, 'text');
  element.textContent = words;
  const attributes = {
    x,
    y,
    fill: colour,
    'font-size': 13,
    'font-weight': weight,
    'font-family': 'system-ui, sans-serif',
  };
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function legendLines(
  legend: Legend,
  shown: Element,
  width: number,
  top: number,
  ink: string,
): { elements: Element[]; height: number } {
  const elements: Element[] = [];
  let [x, y] = [12, top];
  for (const { word, colour } of legend.entries) {
    const size = 30 + word.length * 7;
    if (x + size > width && x > 12) [x, y] = [12, y + LINE_PX];
    const swatch = document.createElementNS(NAMESPACE, 'rect');
    for (const [key, value] of Object.entries({
      x,
      y: y - 10,
      width: 11,
      height: 11,
      fill: resolveToken(colour, shown),
    }))
      swatch.setAttribute(key, String(value));
    elements.push(swatch, text(word, x + 16, y, ink));
    x += size;
  }
  return { elements, height: y - top + LINE_PX };
}

/** Words of a caption in lines that fit; a longer word is cut into pieces. */
export function wrapWords(words: string, width: number): readonly string[] {
  const most = Math.max(8, Math.floor((width - 2 * MARGIN_PX) / LETTER_PX));
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/).filter((each) => each !== '')) {
    let rest = line === '' ? word : `${line} ${word}`;
    if (rest.length > most && line !== '') {
      lines.push(line);
      rest = word;
    }
    for (; rest.length > most; rest = rest.slice(most)) lines.push(rest.slice(0, most));
    line = rest;
  }
  return line === '' ? lines : [...lines, line];
}

/** @param captions What holds for the drawing: that it is stale, filters, sampling; a paragraph each, under the title. */
export function exportSvg(
  shown: SVGSVGElement,
  title: string,
  captions: readonly string[],
  legend: Legend | null,
): string {
  const [width, height] = [Number(shown.getAttribute('width')), Number(shown.getAttribute('height'))];
  const ink = hexOf(getComputedStyle(document.body).color);
  const outer = document.createElementNS(NAMESPACE, 'svg');
  const headings = wrapWords(title, width).map((line) => ({ line, weight: '600' }));
  const notes = captions.flatMap((each) => wrapWords(each, width)).map((line) => ({ line, weight: '400' }));
  const said = [...headings, ...notes].map(({ line, weight }, index) =>
    text(line, MARGIN_PX, 22 + index * LINE_PX, ink, weight),
  );
  const under = 10 + said.length * LINE_PX;
  const lines =
    legend === null ? { elements: [], height: 0 } : legendLines(legend, shown, width, under + 16, ink);
  const top = under + lines.height;
  const ground = document.createElementNS(NAMESPACE, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', resolveToken('var(--raised)', shown));
  const copy = withPaints(shown);
  copy.setAttribute('y', String(top));
  for (const [key, value] of Object.entries({
    xmlns: NAMESPACE,
    width,
    height: height + top,
    viewBox: `0 0 ${width} ${height + top}`,
  }))
    outer.setAttribute(key, String(value));
  outer.append(ground, ...said, ...lines.elements, copy);
  return new XMLSerializer().serializeToString(outer);
}

/** Twice the size on the page. */
export async function exportPng(svg: string): Promise<Blob | null> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
