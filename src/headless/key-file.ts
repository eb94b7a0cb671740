// Reads a wrapped key file with the passphrase from the environment; must not keep or print either.
import { readFileSync } from 'node:fs';
import { unwrap } from '../lib/base/result.ts';
import type { HmacPads } from '../lib/engine/contract.ts';
import { fingerprintPads } from '../lib/key/hmac-pads.ts';
import { derivePads, importAsHkdf, unwrapKey } from '../lib/key/project-key.ts';
import { KEY_DOMAIN } from '../lib/key/key-domain.ts';
import { wrongUse } from './command-outcome.ts';
import { locateFile } from './workbench.ts';

export interface KeyPads {
  readonly pads: HmacPads;
  readonly fingerprint: string;
}

/** @throws ProblemError without passphrase, file, or where the two do not fit. */
export async function readKeyPads(path: string): Promise<KeyPads> {
  const passphrase = process.env['SLUICE_KEY_PASSPHRASE'];
  if (!passphrase)
    throw wrongUse('The key file needs its passphrase.', 'Set SLUICE_KEY_PASSPHRASE in the environment.');
  const text = readFileSync(locateFile(path).path, 'utf8').trim();
  const bytes = unwrap(await unwrapKey(text, passphrase));
  const key = await importAsHkdf(bytes);
  const pads = await derivePads(key, KEY_DOMAIN);
  return { pads, fingerprint: await fingerprintPads(pads) };
}
