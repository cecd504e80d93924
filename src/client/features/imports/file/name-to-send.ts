import { MAX_FILE_NAME } from '#contract/numbers/table/table-columns.ts';
import { readName } from '#contract/reading/text.ts';
import { PASTED } from './use-drop.ts';

// What no line of text may hold, and what turns text round: file systems take both.
const unreadable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A file's name as an import keeps it; undefined where nothing of it can be read. */
export const nameToSend = (name: string): string | undefined => {
  if (name === PASTED) return undefined;
  const short = Array.from(name.replace(unreadable, '')).slice(0, MAX_FILE_NAME).join('');
  const read = readName(short, MAX_FILE_NAME);
  return 'value' in read ? read.value : undefined;
};
