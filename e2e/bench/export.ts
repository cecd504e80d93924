import { readFile } from 'node:fs/promises';
import type { FileFormat } from '#contract/numbers/table/table-columns.ts';
import type { Caller } from '../http.ts';

export interface ExportFigures {
  format: FileFormat;
  numbers: number;
  bytes: number;
  tookMs: number;
  /** How much the server's memory grew at most while it was sent, in bytes. */
  grewBytes: number;
}

export const residentBytes = async (pid: number): Promise<number> =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

const LINE_BREAK = 0x0a;
const SAMPLE_MS = 50;

const readAll = async (caller: Caller, query: string) => {
  const answer = await fetch(`${caller.url}/v1/phone-numbers/export?${query}`, { headers: caller.headers });
  if (!answer.ok || answer.body === null)
    throw new Error(`The export was answered ${answer.status}: ${await answer.text()}`);
  let [bytes, lines] = [0, 0];
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    for (const byte of piece) if (byte === LINE_BREAK) lines += 1;
  }
  return { bytes, lines };
};

/** The whole list as a file, read as fast as it comes; the connection is this machine's own. */
export const measureExport = async (
  caller: Caller,
  pid: number,
  format: FileFormat,
): Promise<ExportFigures> => {
  // What the first export of all loads is no growth.
  await readAll(caller, `format=${format}&columns=phone_number`);
  const before = await residentBytes(pid);
  let most = before;
  const sampling = setInterval(
    () => void residentBytes(pid).then((now) => (most = Math.max(most, now))),
    SAMPLE_MS,
  );
  const startedAt = performance.now();
  try {
    const { bytes, lines } = await readAll(caller, `format=${format}`);
    const tookMs = performance.now() - startedAt;
    return { format, numbers: lines - (format === 'csv' ? 1 : 0), bytes, tookMs, grewBytes: most - before };
  } finally {
    clearInterval(sampling);
  }
};
