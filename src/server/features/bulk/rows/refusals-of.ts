import type { Reason } from './kind.ts';
import type { NewRow } from './row-store.ts';

/** Why rows are refused from the beginning. */
export const refusalsOf = (rows: readonly NewRow[]): Reason[] =>
  rows.flatMap(({ planned, planned_code: code = '', planned_message: message = '' }) =>
    planned === 'refused' ? [{ code, message }] : [],
  );
