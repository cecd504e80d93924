import type { BulkJobRowList, JobOutcome } from '#contract/bulk/plans.ts';
import { writeCell } from '#contract/numbers/table/cell-text.ts';
import { call } from '#client/api/call.ts';
import { saveFile } from '#client/lib/save-file.ts';

// Spreadsheets take a file without it for one in an older alphabet.
const BYTE_ORDER_MARK = '\ufeff';
const ROWS = 100;

const cellOf = (text: string | null): string => {
  const cell = writeCell(text ?? '');
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

/** Outcomes as lines of CSV, each with its line break. */
export const linesOf = (rows: BulkJobRowList['rows']): string =>
  rows
    .map(({ phone_number, outcome, code, message }) =>
      [phone_number, outcome, code, message].map(cellOf).join(','),
    )
    .map((line) => `${line}\r\n`)
    .join('');

/**
 * Saves what became of each number as a file of CSV, read page by page. `tell` hears how many were read;
 * aborted, nothing is saved.
 */
export const saveOutcomes = async (
  bulk_job_id: string,
  outcome: JobOutcome | undefined,
  tell: (rows: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  const parts = [BYTE_ORDER_MARK, 'phone_number,outcome,code,message\r\n'];
  let page_token: string | undefined;
  let read = 0;
  do {
    // Each page's token comes from the page before.
    const page = await call('GET /v1/bulk-jobs/{bulk_job_id}/rows', {
      params: { bulk_job_id },
      query: { outcome, page_size: ROWS, page_token },
      signal,
    });
    parts.push(linesOf(page.rows));
    read += page.rows.length;
    tell(read);
    page_token = page.next_page_token ?? undefined;
  } while (page_token !== undefined);
  saveFile(`outcomes-${bulk_job_id}.csv`, new Blob(parts, { type: 'text/csv' }));
};
