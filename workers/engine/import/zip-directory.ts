// The files within a zip, by its central directory (APPNOTE 6.3.10), and the bytes of one; must not know what they hold.
import { createCRC32 } from 'hash-wasm';
import { DuckCancelled } from '../duck-port.ts';
import { damaged, tooLargeUnpacked } from './import-problems.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const MOST_MEMBERS = 10_000;

export interface ZipMember {
  readonly name: string;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly headerAt: number;
}

async function viewOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}

const noZip = (why: string): ProblemError => damaged('a zip archive', why);

function findEnd(tail: DataView): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--)
    if (tail.getUint32(at, true) === END_SIGNATURE) return at;
  throw noZip('its directory, which stands at the end, is not there');
}

function readEntry(view: DataView, at: number): { readonly member: ZipMember; readonly next: number } {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE)
    throw noZip('its directory is broken');
  const flags = view.getUint16(at + 8, true);
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
  const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes ?? 0);
  const member: ZipMember = {
    name: new TextDecoder((flags & 0x800) !== 0 ? 'utf-8' : 'windows-1252').decode(name),
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    packedBytes: view.getUint32(at + 20, true),
    bytes: view.getUint32(at + 24, true),
    isEncrypted: (flags & 1) !== 0,
    headerAt: view.getUint32(at + 42, true),
  };
  return { member, next: at + 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0) };
}

/**
 * Files only, without folders and what macOS adds.
 * @throws ProblemError `import-damaged`, `import-zip`
 */
export async function listZip(blob: Blob): Promise<readonly ZipMember[]> {
  const tailAt = Math.max(0, blob.size - END_BYTES - LONGEST_COMMENT);
  const tail = await viewOf(blob.slice(tailAt));
  const end = findEnd(tail);
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff || count > MOST_MEMBERS)
    throw new ProblemError({
      code: 'import-zip',
      message: 'The archive is a zip of the large kind (zip64), which is not read here.',
      hint: 'Unpack it, and open the files.',
    });
  const directory = await viewOf(blob.slice(start, start + size));
  const members: ZipMember[] = [];
  for (let index = 0, at = 0; index < count; index++) {
    const { member, next } = readEntry(directory, at);
    at = next;
    if (!member.name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.DS_Store$)/.test(member.name))
      members.push(member);
  }
  return members;
}

function refuseMember(member: ZipMember): void {
  if (member.isEncrypted)
    throw new ProblemError({
      code: 'import-encrypted',
      message: `“${member.name}” in the archive is protected by a password.`,
      hint: 'Unpack it with its password, and open the file.',
    });
  if (member.method !== 0 && member.method !== 8)
    throw new ProblemError({
      code: 'import-zip',
      message: `“${member.name}” is packed in a way that is not read here (method ${member.method}).`,
      hint: 'Unpack the archive, and open the file.',
    });
}

/**
 * The unpacked bytes of one file, checked against the archive's CRC-32.
 * @throws ProblemError `import-damaged`, `import-encrypted`, `import-zip`, `import-too-large`
 */
export async function unpackMember(
  blob: Blob,
  member: ZipMember,
  limit: number,
  isCancelled: () => boolean,
): Promise<Blob> {
  refuseMember(member);
  const header = await viewOf(blob.slice(member.headerAt, member.headerAt + 30));
  if (header.byteLength < 30) throw noZip('a file in it is cut off');
  const start = member.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = blob.slice(start, start + member.packedBytes);
  const stream = packed.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  const plain = member.method === 0 ? stream : stream.pipeThrough(new DecompressionStream('deflate-raw'));
  const crc = await createCRC32();
  const unpacked = await collect(plain, limit, isCancelled, (chunk) => void crc.update(chunk)).catch(
    (error: unknown) => {
      if (error instanceof ProblemError || error instanceof DuckCancelled) throw error;
      throw noZip(`“${member.name}” cannot be unpacked`);
    },
  );
  if (Number.parseInt(crc.digest(), 16) !== member.crc32)
    throw noZip(`“${member.name}” is not what was packed`);
  return unpacked;
}

/** @throws ProblemError `import-too-large` @throws DuckCancelled */
export async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
  isCancelled: () => boolean,
  onChunk: (chunk: Uint8Array) => void = () => {},
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  let total = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (isCancelled()) throw new DuckCancelled();
      total += next.value.length;
      if (total > limit) throw tooLargeUnpacked(limit);
      onChunk(next.value);
      chunks.push(next.value);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  return new Blob(chunks);
}
