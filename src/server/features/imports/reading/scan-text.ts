import { bodyLimits } from '#contract/body-limits.ts';
import { openJsonScan } from '#server/platform/http/body/scan-json.ts';
import { Problem } from '#server/problem.ts';
import type { CellError } from './row.ts';

/**
 * What speaks against parsing a text as JSON, as of the body of a number: too many values or keys, too deep, a
 * key twice. Null where nothing does.
 */
export const whyNotToParse = (text: string): Pick<CellError, 'code' | 'message'> | null => {
  try {
    openJsonScan(bodyLimits.phoneNumber)(Buffer.from(text));
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message } = error.extra.errors?.[0] ?? error;
    return { code, message };
  }
};
