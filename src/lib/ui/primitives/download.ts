// Hands a file to the person through the browser's own download; must not know what is in it.

/** Starts a download of `content` under `fileName`; the bytes never leave this machine. */
export function downloadFile(content: Blob | string, fileName: string): void {
  const blob =
    typeof content === 'string' ? new Blob([content], { type: 'text/plain;charset=utf-8' }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
