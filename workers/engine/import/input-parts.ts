// The files behind a source as plain bytes: cut apart, unpacked, each with its name; must not know formats of data.
import { Gunzip } from 'fflate';
import { ProblemError } from '../../../src/lib/base/result.ts';
import type { SourceHandle, SourceRequest } from '../../../src/lib/engine/contract.ts';
import type { ImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { damaged, emptyFile, sourceMissing, tooLargeUnpacked } from './import-problems.ts';
import { chunksOf } from './source-text.ts';
import { collect, listZip, unpackMember } from './zip-directory.ts';

/** Unpacked bytes lie in memory: no more than this, however small the file is. */
const MOST_UNPACKED_BYTES = 1 << 30;
const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

export interface InputPart {
  readonly name: string;
  readonly blob: Blob;
  /** What the engine may read instead of the blob: the same bytes. */
  readonly handle: SourceHandle;
}

export interface Inputs {
  readonly parts: readonly InputPart[];
  /** As it was found, to be kept with the options. */
  readonly packing: Pick<ImportOptions, 'compression' | 'member'>;
  /** Files in the archive, where there is one. */
  readonly members: readonly string[];
  readonly notes: readonly string[];
}

async function firstBytes(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  } catch {
    throw sourceMissing();
  }
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

function withoutEnding(name: string): string {
  return name.replace(/\.(gz|gzip|zip)$/i, '');
}

function inflate(blob: Blob, limit: number, isCancelled: () => boolean): Promise<Blob> {
  const packed = blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  return collect(packed.pipeThrough(new DecompressionStream('gzip')), limit, isCancelled);
}

/** Where each member of a gzip file begins; several stand one after the other in some (RFC 1952, 2.2). */
async function memberStarts(blob: Blob, isCancelled: () => boolean): Promise<readonly number[]> {
  const starts = new Set([0]);
  let left = MOST_UNPACKED_BYTES;
  const finder = new Gunzip((chunk) => {
    left -= chunk.length;
    if (left < 0) throw tooLargeUnpacked(MOST_UNPACKED_BYTES);
  });
  finder.onmember = (offset) => void starts.add(offset);
  for await (const chunk of chunksOf(blob)) {
    if (isCancelled()) throw new DuckCancelled();
    finder.push(chunk);
  }
  return [...starts].sort((a, b) => a - b);
}

/** Member by member, each checked against its CRC-32. */
async function inflateMembers(blob: Blob, isCancelled: () => boolean): Promise<Blob> {
  const starts = await memberStarts(blob, isCancelled);
  if (starts.length < 2) throw new Error('a single member that is damaged');
  const pieces: Blob[] = [];
  let left = MOST_UNPACKED_BYTES;
  for (const [index, start] of starts.entries()) {
    const piece = await inflate(blob.slice(start, starts[index + 1] ?? blob.size), left, isCancelled);
    left -= piece.size;
    pieces.push(piece);
  }
  return new Blob(pieces);
}

function isTold(error: unknown): boolean {
  return error instanceof ProblemError || error instanceof DuckCancelled;
}

async function gunzip(part: InputPart, isCancelled: () => boolean): Promise<InputPart> {
  try {
    const blob = await inflate(part.blob, MOST_UNPACKED_BYTES, isCancelled).catch((error: unknown) => {
      if (isTold(error)) throw error;
      return inflateMembers(part.blob, isCancelled);
    });
    return { name: withoutEnding(part.name), blob, handle: blob };
  } catch (error) {
    if (isTold(error)) throw error;
    throw damaged('a gzip archive', 'it ends too early, or its bytes are not those that were packed');
  }
}

/** A workbook is a zip as well, and is not unpacked here. */
export function isWorkbook(members: readonly { readonly name: string }[]): boolean {
  return members.some(({ name }) => name === '[Content_Types].xml' || name.startsWith('xl/'));
}

const baseName = (name: string): string => name.split(/[\\/]/).at(-1) ?? name;

async function unzip(
  part: InputPart,
  asked: string | undefined,
  isCancelled: () => boolean,
): Promise<Inputs | null> {
  const members = await listZip(part.blob);
  if (isWorkbook(members)) return null;
  const names = members.map((member) => member.name);
  if (names.length === 0) throw damaged('a zip archive', 'there are no files in it');
  const wanted = asked === '*' ? members : members.filter(({ name }) => name === (asked ?? names[0]));
  if (wanted.length === 0)
    throw new ProblemError({
      code: 'import-zip-member',
      message: `The archive has no file “${asked}”.`,
      hint: `It has ${names.slice(0, 20).join(', ')}.`,
    });
  const parts: InputPart[] = [];
  let left = MOST_UNPACKED_BYTES;
  for (const member of wanted) {
    const blob = await unpackMember(part.blob, member, left, isCancelled);
    left -= blob.size;
    parts.push({ name: baseName(member.name), blob, handle: blob });
  }
  const notes =
    asked === undefined && names.length > 1
      ? [
          `The archive has ${names.length} files; “${names[0]}” is read. Choose another, or all as one source.`,
        ]
      : [];
  return { parts, packing: { compression: 'zip', member: asked ?? names[0] ?? '' }, members: names, notes };
}

function cutApart(request: SourceRequest, whole: Blob): readonly InputPart[] {
  const { files, handle, fileName } = request;
  if (files === undefined || files.length === 0) {
    const name = fileName ?? (whole instanceof File ? whole.name : '');
    return [{ name, blob: whole, handle }];
  }
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  if (total !== whole.size)
    throw new ProblemError({
      code: 'import-files',
      message: `The source has ${files.length} files of ${total} bytes together, but ${whole.size} are at hand.`,
      hint: 'Bind the files again.',
    });
  let at = 0;
  return files.map(({ name, bytes }) => {
    const blob = whole.slice(at, at + bytes);
    at += bytes;
    return { name, blob, handle: blob };
  });
}

/**
 * @throws ProblemError `import-empty`, `import-damaged`, `import-too-large`, `import-encrypted`, `import-zip…`, `import-files`
 * @throws DuckCancelled
 */
export async function openInputs(
  port: DuckPort,
  request: SourceRequest,
  isCancelled: () => boolean,
): Promise<Inputs> {
  const { compression, member } = request.options;
  const whole = await port.openSource(request.handle);
  if (whole.size === 0) throw emptyFile();
  const cut = cutApart(request, whole);
  if (compression === 'none') return { parts: cut, packing: { compression }, members: [], notes: [] };
  const parts: InputPart[] = [];
  let packing: Inputs['packing'] = {};
  let notes: readonly string[] = [];
  let members: readonly string[] = [];
  for (const part of cut) {
    const head = await firstBytes(part.blob);
    const opened = startsWith(head, ZIP) ? await unzip(part, member, isCancelled) : null;
    if (opened !== null) {
      parts.push(...opened.parts);
      ({ packing, notes, members } = opened);
    } else if (startsWith(head, GZIP)) {
      packing = { compression: 'gzip' };
      parts.push(await gunzip(part, isCancelled));
    } else parts.push(part);
  }
  if (parts.every((part) => part.blob.size === 0)) throw emptyFile();
  return { parts, packing, members, notes };
}
