import { bodyLimits } from '#contract/body-limits.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import { openJsonScan } from '#server/platform/http/body/scan-json.ts';
import { Problem } from '#server/problem.ts';
import { shownValue, type CellError } from './row.ts';

/**
 * What speaks against parsing a text as JSON, as of the body of a number: too many values or keys, too deep, a
 * key twice; and below which of its outermost keys, where it is below one. Null where nothing does.
 */
export const whyNotToParse = (text: string): Pick<CellError, 'column' | 'code' | 'message'> | null => {
  try {
    openJsonScan(bodyLimits.phoneNumber)(Buffer.from(text));
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [wrong] = error.extra.errors ?? [];
    const { code, message } = wrong ?? error;
    const [key] = partsOfPointer(wrong?.pointer ?? '');
    return { column: key === undefined ? null : shownValue(key), code, message };
  }
};
