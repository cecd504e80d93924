import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { MAX_FILE_BYTES } from '#contract/numbers/table/table-columns.ts';
import { ApiError, toApiError } from '#client/api/api-error.ts';
import { usualChoices, type Choices } from '#client/features/imports/plan/choices.ts';
import { rememberChoices, rememberedChoices } from '#client/features/imports/plan/remembered.ts';
import { importQuery } from '#client/features/imports/plan/queries.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { goTo } from '#client/lib/location.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { takeInHand, type FileInHand } from '#client/features/imports/csv/read-head.ts';
import { changedError, sendFile } from './send-file.ts';

interface Held {
  importId: string;
  file: FileInHand;
  /** As they were when it was planned. */
  choices: Choices;
}

/** The file of the import that was planned last: going elsewhere and back keeps it, a reload forgets it. */
let held: Held | null = null;

export const heldFor = (importId: string): Held | null => (held?.importId === importId ? held : null);

const tooLarge = (bytes: number) =>
  new ApiError({
    status: 413,
    code: 'body_too_large',
    title: 'The file is too large',
    detail: `It has ${formatCount(Math.ceil(bytes / 1_000_000))} MB, and ${MAX_FILE_BYTES / 1_000_000} are the most. Import it in parts, each with the heading.`,
  });

/** What is being sent, and how much of it is on its way. */
export interface Sending {
  file: FileInHand;
  bytes: number;
}

/** One file after another: taken in hand, sent to be planned, and what was wrong with it as a whole. */
export const useImportFile = (importId: string) => {
  const client = useQueryClient();
  const [start] = useState(() => heldFor(importId));
  const [file, setFile] = useState(start?.file ?? null);
  const [choices, setChoices] = useState(start?.choices ?? usualChoices);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const leaving = useRef<AbortController | null>(null);
  const cancel = () => {
    leaving.current?.abort();
    setSending(null);
  };
  useEffect(() => () => leaving.current?.abort(), []);
  const release = useLeaveGuard(sending !== null, 'The file is still being sent. Leaving stops it.');

  const check = async (checked: FileInHand, chosen: Choices) => {
    const abort = new AbortController();
    leaving.current?.abort();
    leaving.current = abort;
    setError(null);
    setSending({ file: checked, bytes: 0 });
    try {
      const plan = await sendFile(checked, chosen, {
        signal: abort.signal,
        onSent: (bytes) => leaving.current === abort && setSending({ file: checked, bytes }),
      });
      if (checked.head !== null) rememberChoices(checked.head.headings, chosen);
      held = { importId: plan.import_id, file: checked, choices: chosen };
      client.setQueryData(importQuery(plan.import_id).queryKey, plan);
      release();
      goTo(`/imports/${plan.import_id}`, { replace: true, state: { isChecked: true } });
    } catch (thrown) {
      if (abort.signal.aborted) return;
      setError(toApiError(thrown));
      setSending(null);
    }
  };

  /** Takes what was dropped, chosen or pasted, and has it planned as files like it were before. */
  const take = async (name: string, blob: Blob) => {
    cancel();
    setError(blob.size > MAX_FILE_BYTES ? tooLarge(blob.size) : null);
    if (blob.size > MAX_FILE_BYTES) return;
    try {
      const taken = await takeInHand(name, blob);
      const chosen = rememberedChoices(taken.head?.headings ?? []) ?? { ...choices, mapping: null };
      setFile(taken);
      setChoices(chosen);
      await check(taken, chosen);
    } catch {
      setError(changedError());
    }
  };

  return { file, choices, setChoices, sending, error, take, check, cancel };
};
