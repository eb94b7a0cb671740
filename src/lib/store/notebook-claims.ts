// Which tab may write a notebook, kept beside it so that check and write are one transaction; must not know tabs or locks.
import type { Result } from '../base/result.ts';
import { attempt } from './database.ts';
import { claimName } from './database-schema.ts';

/** From now on only whoever saves under this claim can write the notebook. */
export function claimNotebook(id: string, claim: string): Promise<Result<null>> {
  return attempt('The notebook could not be claimed for this tab', async (database) => {
    await database.put('settings', claim, claimName(id));
    return null;
  });
}

/** The claim that stands, null where none does. */
export function readClaim(id: string): Promise<Result<string | null>> {
  return attempt('The notebook could not be claimed for this tab', async (database) => {
    const claim: unknown = await database.get('settings', claimName(id));
    return typeof claim === 'string' ? claim : null;
  });
}

/** Takes the claim back where it is still this one. */
export function releaseNotebook(id: string, claim: string): Promise<Result<null>> {
  return attempt('The notebook could not be let go', async (database) => {
    const transaction = database.transaction('settings', 'readwrite');
    if ((await transaction.store.get(claimName(id))) === claim) await transaction.store.delete(claimName(id));
    await transaction.done;
    return null;
  });
}
