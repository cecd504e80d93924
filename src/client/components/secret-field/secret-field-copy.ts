import { ApiError } from '#client/api/api-error.ts';

const refused = () =>
  new ApiError({
    status: -1,
    code: 'unreadable',
    title: 'Not copied',
    detail: 'The browser did not allow copying. Reveal it, select it and copy it by hand.',
  });

/**
 * Copies a secret without showing it. The clipboard is handed a promise where that is possible: some browsers
 * accept a copy only in the moment of the press, before the secret has come. False when there was nothing to
 * copy.
 */
export const copySecret = async (read: () => Promise<string | null>): Promise<boolean> => {
  if (!('clipboard' in navigator)) throw refused();
  const reading = read();
  try {
    const blob = reading.then((value) => {
      if (value === null) throw refused();
      return new Blob([value], { type: 'text/plain' });
    });
    blob.catch(() => undefined);
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    // What failed may have been the asking: then that is what is said, and null means it was called off.
    const value = await reading;
    if (value === null) return false;
    await navigator.clipboard.writeText(value).catch(() => {
      throw refused();
    });
    return true;
  }
};
