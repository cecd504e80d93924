import { readFile } from 'node:fs/promises';

const ENOUGH = 4096;

/** Null where the system does not tell, or sets no limit. */
export const readOpenFileLimit = async (): Promise<number | null> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN);
  return Number.isNaN(limit) ? null : limit;
};

/**
 * What to say at the start where few files may be open: each connection takes one, and without any nobody is
 * answered.
 */
export const describeFewFiles = (limit: number | null): string | null =>
  limit === null || limit >= ENOUGH
    ? null
    : `Only ${limit} files may be open at once, and each connection takes one: ${ENOUGH} or more are needed where many are connected. ` +
      'Raise the limit: "ulimit -Hn 65536" before the start, LimitNOFILE=65536 in a systemd unit, or --ulimit nofile=65536 with Docker.';

export const warnOfFewFiles = async (): Promise<void> => {
  const warning = describeFewFiles(await readOpenFileLimit());
  if (warning !== null) process.stderr.write(`${warning}\n`);
};
