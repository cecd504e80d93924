import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import type { Choices } from '#client/features/imports/plan/choices.ts';
import { goTo } from '#client/lib/location.ts';

/*
 * Files between the pages of an import, by address. A reload forgets them: what a browser lets a page read
 * once, it lets no later page read.
 */

export interface Held {
  importId: string;
  file: FileInHand;
  /** As they were when it was planned. */
  choices: Choices;
}

let held: Held | null = null;

/** Keeps the file of the import that was planned last. */
export const hold = (next: Held): void => void (held = next);
export const heldFor = (importId: string): Held | null => (held?.importId === importId ? held : null);

export interface Waiting {
  name: string;
  blob: Blob;
  /** Those of the file it comes after. */
  choices: Choices;
}

let waiting: Waiting | null = null;

/** Begins another import with this file; Back leads to the one before. */
export const takeNext = (next: Waiting): void => {
  waiting = next;
  goTo('/imports/new');
};
export const takeWaiting = (): Waiting | null => {
  const next = waiting;
  waiting = null;
  return next;
};

let rows: string | null = null;

/** Goes back to rows that were pasted, to write them anew. */
export const editRows = async (blob: Blob): Promise<void> => {
  rows = await blob.text();
  goTo('/imports/new');
};
/** Those that are to be written anew; null where none are. */
export const rowsToEdit = (): string | null => rows;
export const forgetRows = (): void => void (rows = null);
