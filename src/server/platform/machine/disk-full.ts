const inWords = /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i;
const codes = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether a text of the system's or of PostgreSQL's says that there is no room. */
export const saysDiskFull = (text: string): boolean => inWords.test(text);

/**
 * Whether an error, or what caused it, is that there was no room to write. Answers with the file where that
 * is known.
 */
export const diskFullAt = (error: unknown): { path: string | null } | null => {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string' && codes.has(error.code))
    return { path: 'path' in error && typeof error.path === 'string' ? error.path : null };
  return diskFullAt(error.cause);
};

/**
 * The embedded database's process ends with it when it could not write its log: by sysexits, an input or
 * output error.
 */
export const DISK_FULL_EXIT = 74;
