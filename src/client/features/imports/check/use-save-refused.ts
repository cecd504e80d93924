import { useEffect, useRef, useState } from 'react';
import type { Import, ImportRowList } from '#contract/bulk/imports.ts';
import { toApiError } from '#client/api/api-error.ts';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import { buildRefusedFile, refusedName } from '#client/features/imports/csv/refused-file.ts';
import { readRefusedRows } from '#client/features/imports/plan/queries.ts';
import { saveFile } from '#client/lib/save-file.ts';
import { toast } from '#client/lib/toast.ts';
import { plural } from '#client/lib/words/format.ts';
import { consoleWords } from '#client/features/imports/plan/console-words.ts';

type Row = ImportRowList['rows'][number];

const reasonOf = ({ errors }: Row): string =>
  errors
    .map(({ column, message }) => consoleWords(column === null ? message : `${column}: ${message}`))
    .join(' ');
/** From there on the file could not be cut into rows. */
const breaksFile = ({ errors }: Row): boolean =>
  errors.some(({ code }) => code === 'unclosed_quote' || code === 'row_too_long');

/** Saves the refused rows as a file of their own; `read` says how many reasons are here while it goes on. */
export const useSaveRefused = ({ import_id: id, file: facts }: Import, file: FileInHand | null) => {
  const [read, setRead] = useState<number | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const leaving = useRef<AbortController | null>(null);
  const stop = () => leaving.current?.abort();
  useEffect(() => stop, []);

  const readReasons = async (signal: AbortSignal) => {
    const reasons = new Map<number, string>();
    let brokenAt: number | null = null;
    let token: string | undefined;
    do {
      // Each page's token comes from the page before.
      const page = await readRefusedRows(id, null, token, signal);
      for (const row of page.rows) {
        reasons.set(row.line, reasonOf(row));
        if (breaksFile(row)) brokenAt = row.line;
      }
      setRead(reasons.size);
      token = page.next_page_token ?? undefined;
    } while (token !== undefined);
    return { reasons, brokenAt };
  };

  const save = async () => {
    if (file === null) return;
    const abort = new AbortController();
    leaving.current = abort;
    setMessage(null);
    setRead(0);
    try {
      const refused = await readReasons(abort.signal);
      const name = refusedName(file.name, file.format);
      saveFile(name, await buildRefusedFile(file, facts, refused, abort.signal));
      toast({ message: `${plural(refused.reasons.size, 'row')} saved as ${name}` });
    } catch (thrown) {
      if (!abort.signal.aborted) setMessage(toApiError(thrown).detail);
    } finally {
      setRead(null);
    }
  };
  return { read, message, save, stop };
};
