// Which format a file has, by its content; its name only where the content leaves it open; must not read data.
import type { KnownImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import type { InputPart } from './input-parts.ts';
import { detectEncoding } from './source-text.ts';

export type DataFormatName = KnownImportOptions['format'];

const HEAD_BYTES = 1 << 16;

function magic(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** JSON begins with a bracket, and what follows it is JSON as well. */
function looksLikeJson(head: string, name: string): boolean {
  const text = head.trimStart();
  if (!/^(\{\s*("|\}|$)|\[\s*([[\]{"0-9tfn-]|$))/.test(text)) return false;
  if (/\.(json|ndjson|jsonl|geojson)$/i.test(name)) return true;
  if (/\.(csv|tsv|tab|psv|txt)$/i.test(name)) return isJsonLine(text);
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:|^\{\s*\}|^\[\s*[[{\]]|^\[[^\]]*\]\s*$/.test(text);
}

function isJsonLine(text: string): boolean {
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  try {
    JSON.parse(line);
    return true;
  } catch {
    return /^[{[]\s*$|^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(line);
  }
}

async function isEncryptedWorkbook(blob: Blob): Promise<boolean> {
  const head = new TextDecoder('utf-16le').decode(await blob.slice(0, 1 << 20).arrayBuffer());
  const odd = new TextDecoder('utf-16le').decode(await blob.slice(1, 1 << 20).arrayBuffer());
  return head.includes('EncryptedPackage') || odd.includes('EncryptedPackage');
}

/** @throws ProblemError `import-encrypted`, `import-not-text`, `import-empty` */
export async function findFormat(part: InputPart): Promise<DataFormatName> {
  const head = new Uint8Array(await part.blob.slice(0, HEAD_BYTES).arrayBuffer());
  if (magic(head, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (magic(head, 0x50, 0x4b, 0x03, 0x04)) return 'excel';
  if (magic(head, 0xd0, 0xcf, 0x11, 0xe0) && (await isEncryptedWorkbook(part.blob)))
    throw new ProblemError({
      code: 'import-encrypted',
      message: 'The workbook is protected by a password.',
      hint: 'Open it in a spreadsheet program, save it without a password, and open that.',
    });
  const text = new TextDecoder(detectEncoding(head)).decode(head);
  return looksLikeJson(text, part.name) ? 'json' : 'csv';
}
