import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList, RowOutcome } from '#contract/bulk/plans.ts';
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

const columns = ['phone_number', 'friendly_name', 'outcome', 'code', 'message'] as const;
/** Where a row stands in the file that was imported, and what is there for a number. */
const ofImport = ['line', 'written'] as const;
const columnsOf = (isImport: boolean) => (isImport ? [...ofImport, ...columns] : columns);

/** Outcomes as lines of CSV, each with its line break. */
export const linesOf = (rows: BulkJobRowList['rows'], isImport = false): string =>
  rows
    .map((row) =>
      columnsOf(isImport)
        .map((column) => cellOf(row[column] === null ? null : String(row[column])))
        .join(','),
    )
    .map((line) => `${line}\r\n`)
    .join('');

const NAME_CHARACTERS = 60;

/** `outcomes-2026-11-27-0918-add-the-label-vip-refused.csv`: when it was started, what it did, and which they are. */
export const fileNameOf = (
  { created_at: at }: Pick<BulkJob, 'created_at'>,
  title: string,
  outcome?: RowOutcome,
): string => {
  const started = `${at.slice(0, 10)}-${at.slice(11, 16).replace(':', '')}`;
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const name = Array.from(words.join('-')).slice(0, NAME_CHARACTERS).join('');
  return `${['outcomes', started, name, outcome].filter(Boolean).join('-')}.csv`;
};

/**
 * Saves what became of each number as a file of CSV, read page by page. `tell` hears how many were read;
 * aborted, nothing is saved.
 */
export const saveOutcomes = async (
  job: BulkJob,
  { title, outcome }: { title: string; outcome: RowOutcome | undefined },
  tell: (rows: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  const { bulk_job_id } = job;
  const isImport = job.kind === 'import';
  const parts = [BYTE_ORDER_MARK, `${columnsOf(isImport).join(',')}\r\n`];
  let page_token: string | undefined;
  let read = 0;
  do {
    // Each page's token comes from the page before.
    const page = await call('GET /v1/bulk-jobs/{bulk_job_id}/rows', {
      params: { bulk_job_id },
      query: { outcome, page_size: ROWS, page_token },
      signal,
    });
    parts.push(linesOf(page.rows, isImport));
    read += page.rows.length;
    tell(read);
    page_token = page.next_page_token ?? undefined;
  } while (page_token !== undefined);
  saveFile(fileNameOf(job, title, outcome), new Blob(parts, { type: 'text/csv' }));
};
