// Pieces of a file put together; must not know what is in it.

export interface WrittenFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rowCount: number;
}

/** One array of its own with all the pieces' bytes. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
