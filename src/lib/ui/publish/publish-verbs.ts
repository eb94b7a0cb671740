// Publishing as a click does it, and where it is said to lie then; must not know how a module is written.
import type { PublicationView } from '../../session/publication-types.ts';
import type { Session } from '../../session/session-types.ts';
import { downloadFile } from '../primitives/download.ts';

/** Publishes what was checked; a zip file is handed over at once. */
export async function publishAndSave(session: Session): Promise<void> {
  await session.publishing.publish();
  const download = session.publishing.current?.download;
  if (download) downloadFile(download.blob, download.fileName);
}

/** What follows “hr/users 1.0.0”. */
export function publishedWhere({ destination, download }: PublicationView): string {
  if (download) return `is in ${download.fileName}`;
  if (destination?.kind === 'folder') return `lies in the ${destination.label.replace(/^Folder/, 'folder')}`;
  return 'lies in this browser’s library';
}
