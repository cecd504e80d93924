import { useEffect, useRef, useState } from 'react';
import type { ApiRequest } from '#contract/api.ts';
import type { FileFormat } from '#contract/numbers/table/table-columns.ts';
import { ApiError, offlineError, toApiError } from '#client/api/api-error.ts';
import { download } from '#client/api/call.ts';
import type { ListFilters } from '#client/features/numbers/list-url.ts';
import { countLines } from './count-lines.ts';

/** What is exported: all that the list shows. */
export interface ListToExport {
  filters: ListFilters;
  /** How many numbers the list has, where that is known. */
  count: number | undefined;
  isExact: boolean;
}

export interface ExportChoice {
  filters: ListFilters;
  format: FileFormat;
  columns: readonly string[];
}

export interface Progress {
  numbers: number;
  bytes: number;
}

export interface ExportedFile {
  name: string;
  numbers: number;
  parts: Blob;
}

type Query = NonNullable<ApiRequest<'GET /v1/phone-numbers/export'>['query']>;

const queryOf = ({ filters: { sort: _sort, ...filters }, format, columns }: ExportChoice) =>
  ({ ...filters, format, columns }) as Query;

// Spreadsheets take a file without it for one in an older alphabet.
const BYTE_ORDER_MARK = '\ufeff';
// The screen shows how far it is; more often than this nobody sees.
const TELL_MS = 100;

const readFile = async (
  response: Response,
  format: FileFormat,
  tell: (progress: Progress) => void,
): Promise<ExportedFile> => {
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const reader = response.body?.getReader();
  const count = countLines(format === 'csv');
  const heads = format === 'csv' ? 1 : 0;
  const parts: BlobPart[] = format === 'csv' ? [BYTE_ORDER_MARK] : [];
  let [lines, bytes, toldAt] = [0, 0, 0];
  for (;;) {
    const next = await reader?.read();
    if (next?.value === undefined) break;
    parts.push(next.value);
    lines = count(next.value);
    bytes += next.value.length;
    if (performance.now() - toldAt < TELL_MS) continue;
    toldAt = performance.now();
    tell({ numbers: Math.max(lines - heads, 0), bytes });
  }
  return {
    name: name ?? `phone-numbers.${format}`,
    numbers: Math.max(lines - heads, 0),
    parts: new Blob(parts),
  };
};

/** Half a file is none: what broke off says so, and what was read of it is let go. */
const brokenOff = (thrown: unknown): ApiError => {
  const error = thrown instanceof ApiError ? thrown : offlineError();
  return error.code === 'offline'
    ? new ApiError({
        status: 0,
        code: 'offline',
        title: 'The export broke off',
        detail: 'The connection was lost before the file was whole, so nothing was saved. Export it again.',
      })
    : error;
};

/** One export after another: how far it is, and what went wrong with the last. */
export const useExport = (onDone: (file: ExportedFile) => void) => {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const leaving = useRef<AbortController | null>(null);
  const stop = () => leaving.current?.abort();
  useEffect(() => stop, []);

  const run = async (choice: ExportChoice) => {
    const abort = new AbortController();
    leaving.current = abort;
    setError(null);
    setProgress({ numbers: 0, bytes: 0 });
    let hasBegun = false;
    try {
      const response = await download('GET /v1/phone-numbers/export', {
        query: queryOf(choice),
        signal: abort.signal,
      });
      hasBegun = true;
      onDone(await readFile(response, choice.format, setProgress));
    } catch (thrown) {
      if (!abort.signal.aborted) setError(hasBegun ? brokenOff(thrown) : toApiError(thrown));
    } finally {
      setProgress(null);
    }
  };
  return { progress, error, run, stop };
};
