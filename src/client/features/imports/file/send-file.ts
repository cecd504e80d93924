import { fileTypes } from '#contract/numbers/table/table-columns.ts';
import type { Import } from '#contract/bulk/imports.ts';
import { ApiError, toApiError } from '#client/api/api-error.ts';
import { upload } from '#client/api/upload.ts';
import { nameToSend } from './name-to-send.ts';
import { queryOf, type Choices } from '#client/features/imports/plan/choices.ts';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';

export const changedError = () =>
  new ApiError({
    status: 0,
    code: 'offline',
    title: 'The file cannot be read any more',
    detail: 'It was changed, moved or deleted since it was chosen. Choose it again.',
  });

const canBeRead = (blob: Blob) =>
  blob
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

interface Sending {
  signal: AbortSignal;
  onSent: (bytes: number) => void;
}

/** Sends a file to be planned. Throws an ApiError, or an AbortError once it was cancelled. */
export const sendFile = async (
  { name, blob, format }: FileInHand,
  choices: Choices,
  sending: Sending,
): Promise<Import> => {
  const sent = { file: blob, type: fileTypes[format], ...sending };
  try {
    const query = { ...queryOf(choices, format === 'csv'), file_name: nameToSend(name) };
    return await upload('POST /v1/imports', { query }, sent);
  } catch (thrown) {
    if (sending.signal.aborted) throw thrown;
    const error = toApiError(thrown);
    // To the browser a file that is gone is a connection that broke.
    throw error.code === 'offline' && !(await canBeRead(blob)) ? changedError() : error;
  }
};
