import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Import } from '#contract/bulk/imports.ts';
import { fileTypes, type FileFormat } from '#contract/numbers/table/table-columns.ts';
import type { Caller } from '../../http.ts';

/** The whole of an export. */
export const exportFile = async (api: Caller, query: string): Promise<Buffer<ArrayBuffer>> => {
  const answer = await fetch(`${api.url}/v1/phone-numbers/export?${query}`, { headers: api.headers });
  if (!answer.ok) throw new Error(`The export was answered ${answer.status}: ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
};

export const cellsOf = (file: Buffer): string[][] => parse(file, { relax_column_count: true });
export const fileOf = (rows: readonly (readonly string[])[]): Buffer<ArrayBuffer> =>
  Buffer.from(
    stringify(
      [...rows].map((row) => [...row]),
      { quoted: true },
    ),
  );

const PHONE_NUMBER = /^\+[1-9]\d{4,14}$/;
const FORMULA = /^[=+\-@\t\r]/;

/** Cells that a spreadsheet would calculate. A phone number with its plus is one that it may. */
export const formulasIn = (rows: readonly (readonly string[])[]): string[] =>
  rows.flat().filter((cell) => FORMULA.test(cell) && !PHONE_NUMBER.test(cell));

/** Plans the import of a file, and waits until it is judged. */
export const planImport = async (
  api: Caller,
  file: Buffer<ArrayBuffer>,
  format: FileFormat,
): Promise<Import> => {
  const answer = await api.request('POST', '/v1/imports?existing=update', {
    raw: file,
    headers: { 'content-type': fileTypes[format] },
  });
  if (answer.status !== 201) throw new Error(`The import was answered ${answer.status}: ${answer.text}`);
  let plan = answer.json<Import>();
  while (plan.state !== 'ready') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    plan = await api.get<Import>(`/v1/imports/${plan.import_id}`);
  }
  return plan;
};

export const runImport = async (api: Caller, { import_id: id }: Import): Promise<BulkJob> => {
  let job = await api.send<BulkJob>('POST', `/v1/imports/${id}/run`);
  while (job.ended_at === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    job = await api.get<BulkJob>(`/v1/bulk-jobs/${job.bulk_job_id}`);
  }
  return job;
};

export const hashOf = (file: Buffer): string => createHash('sha256').update(file).digest('hex');
