import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Module } from '../../../src/lib/module/module-types.ts';
import type { Example } from '../../unit/module/example-module.ts';
import { buildExample, prepareExample } from '../../unit/module/example-module.ts';

/** `UPDATE_GOLDEN=1` writes what is expected anew; look at the difference before committing it. */
const EXPECTED = new URL('./output/', import.meta.url);

let example: Example;
let built: Module;

beforeAll(async () => {
  example = await prepareExample();
  built = await buildExample(example.request);
  if (process.env['UPDATE_GOLDEN'] !== '1') return;
  rmSync(EXPECTED, { recursive: true, force: true });
  for (const { path, bytes } of built.files) {
    const file = new URL(path, EXPECTED);
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, bytes);
  }
});

afterAll(() => example.engine.dispose());

describe('a small notebook becomes this very module', () => {
  it('has these files', () => {
    const names = readdirSync(EXPECTED, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    expect(built.files.map((file) => file.path).sort()).toEqual(names.map((name) => name.replaceAll('\\', '/')).sort());
  });

  it('has these bytes in each text', () => {
    const texts = built.files.filter((file) => !file.path.endsWith('.parquet'));
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect(Object.fromEntries(texts.map(({ path, bytes }) => [path, decode(bytes)]))).toEqual(
      Object.fromEntries(texts.map(({ path }) => [path, decode(readFileSync(new URL(path, EXPECTED)))])),
    );
  });

  it('has these bytes in Parquet', () => {
    const file = built.files.find(({ path }) => path.endsWith('.parquet'));
    expect(Buffer.from(file?.bytes ?? []).equals(readFileSync(new URL(file?.path ?? '', EXPECTED)))).toBe(true);
  });

  it('comes out the same when it is made again from the sources', async () => {
    const again = await prepareExample();
    const module = await buildExample(again.request);
    await again.engine.dispose();
    expect(module.commitSha256).toBe(built.commitSha256);
  });

  it('holds none of the persons in its sources', () => {
    const source = readFileSync(new URL('./input/people.csv', import.meta.url), 'utf8');
    const raw = source.split('\n').slice(1).flatMap((line) => line.split(',').slice(1, 3)).filter((value) => value !== '');
    const texts = built.files.map((file) => new TextDecoder('latin1').decode(file.bytes));
    expect(raw.filter((value) => texts.some((text) => text.includes(value)))).toEqual([]);
    expect(raw.length).toBe(48);
  });
});
