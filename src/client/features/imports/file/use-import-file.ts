import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { MAX_FILE_BYTES } from '#contract/numbers/table/table-columns.ts';
import { ApiError, toApiError } from '#client/api/api-error.ts';
import { takeInHand, type FileInHand } from '#client/features/imports/csv/read-head.ts';
import { usualChoices, type Choices } from '#client/features/imports/plan/choices.ts';
import { rememberChoices, rememberedChoices } from '#client/features/imports/plan/remembered.ts';
import { importQuery } from '#client/features/imports/plan/queries.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { goTo } from '#client/lib/location.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { heldFor, hold, takeWaiting, type Waiting } from './held.ts';
import { changedError, sendFile } from './send-file.ts';

const tooLarge = (bytes: number) =>
  new ApiError({
    status: 413,
    code: 'body_too_large',
    title: 'The file is too large',
    detail: `It has ${formatCount(Math.ceil(bytes / 1_000_000))} MB, and ${MAX_FILE_BYTES / 1_000_000} are the most. Import it in parts, each with the heading.`,
  });

const readBeginning = (name: string, blob: Blob): Promise<FileInHand | ApiError> =>
  blob.size > MAX_FILE_BYTES
    ? Promise.resolve(tooLarge(blob.size))
    : takeInHand(name, blob).catch(() => changedError());

/** What is being sent, and how much of it is on its way. */
export interface Sending {
  file: FileInHand;
  bytes: number;
}

/** What was wrong with which file as a whole. */
export interface Failed {
  name: string;
  error: ApiError;
}

/**
 * One file after another: taken in hand, sent to be planned, and what was wrong with it as a whole. `importId`
 * is `new`, or that of the import whose file is in hand.
 */
export const useImportFile = (importId: string) => {
  const client = useQueryClient();
  const [start] = useState(() => heldFor(importId));
  const [file, setFile] = useState(start?.file ?? null);
  const [choices, setChoices] = useState(start?.choices ?? usualChoices);
  const [sending, setSending] = useState<Sending | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
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
    setFailed(null);
    setSending({ file: checked, bytes: 0 });
    try {
      const plan = await sendFile(checked, chosen, {
        signal: abort.signal,
        onSent: (bytes) => leaving.current === abort && setSending({ file: checked, bytes }),
      });
      if (checked.head !== null) rememberChoices(checked.head.headings, chosen);
      hold({ importId: plan.import_id, file: checked, choices: chosen });
      client.setQueryData(importQuery(plan.import_id).queryKey, plan);
      release();
      goTo(`/imports/${plan.import_id}`, { replace: true, state: { isChecked: true } });
    } catch (thrown) {
      if (abort.signal.aborted) return;
      setFailed({ name: checked.name, error: toApiError(thrown) });
      setSending(null);
    }
  };

  /** Takes a file in hand and has it planned, as files like it were before; else as is chosen so far. */
  const take = async ({ name, blob, choices: soFar }: Waiting) => {
    leaving.current?.abort();
    const taken = await readBeginning(name, blob);
    if (taken instanceof ApiError) {
      setSending(null);
      setFailed({ name, error: taken });
      return;
    }
    const chosen = rememberedChoices(taken.head?.headings ?? []) ?? { ...soFar, mapping: null };
    setFile(taken);
    setChoices(chosen);
    await check(taken, chosen);
  };
  const takeNow = useEffectEvent(take);
  useEffect(() => {
    const waiting = importId === 'new' ? takeWaiting() : null;
    if (waiting !== null) queueMicrotask(() => void takeNow(waiting));
  }, [importId]);

  return { file, choices, setChoices, sending, failed, take, check, cancel };
};
