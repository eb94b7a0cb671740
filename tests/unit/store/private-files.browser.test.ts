import { describe, expect, it } from 'vitest';
import {
  createPartial,
  openFolder,
  partialLock,
  removeAbandonedPartials,
  writeWhole,
} from '../../../src/lib/store/private-files.ts';

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await openFolder([folder], true)).keys()) names.push(name);
  return names.sort();
}

describe('what crashed writers left', () => {
  it('is removed', async () => {
    await createPartial('left-behind');
    await removeAbandonedPartials();
    expect(await namesIn('partial')).toEqual([]);
  });

  it('is told from what a writer is still at, whose swap file stays as well', async () => {
    const folder = await openFolder(['whole'], true);
    const { promise: written, resolve: end } = Promise.withResolvers<null>();
    const begun = Promise.withResolvers<null>();
    const writing = navigator.locks.request(partialLock('under-way'), async () => {
      const partial = await createPartial('under-way');
      const writable = await partial.createWritable();
      await writable.write('one, ');
      begun.resolve(null);
      await written;
      await writable.write('two');
      await writable.close();
      return (await partial.getFile()).text();
    });
    await begun.promise;
    await removeAbandonedPartials();
    await writeWhole(folder, 'another', new TextEncoder().encode('meanwhile'));
    await removeAbandonedPartials();
    expect((await namesIn('partial')).filter((name) => !name.endsWith('.crswap'))).toEqual(['under-way']);
    end(null);
    expect(await writing).toBe('one, two');
    await removeAbandonedPartials();
    expect(await namesIn('partial')).toEqual([]);
  });
});
