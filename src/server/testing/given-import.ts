import { expect } from 'vitest';
import {
  importRowListSchema,
  importSchema,
  type Import,
  type ImportRowList,
} from '#contract/bulk/imports.ts';
import { bulkJobSchema, type BulkJob } from '#contract/bulk/jobs.ts';
import { whenEnded } from './given-bulk.ts';
import type { Caller, TestAnswer } from './test-app.ts';
import { searchOf, type Query } from './given.ts';

// What the tests of imports begin with. Every answer is read by the contract's own schema.

export const CSV = 'text/csv';
export const JSON_LINES = 'application/x-ndjson';

export const sendFile = (
  as: Caller,
  file: string | Uint8Array,
  query: Query = {},
  type = CSV,
): Promise<TestAnswer<Record<string, unknown>>> =>
  as.request('POST', `/v1/imports?${searchOf(query)}`, { body: file, headers: { 'content-type': type } });

export const readImport = async (as: Caller, id: string): Promise<Import> =>
  importSchema.parse((await as.request('GET', `/v1/imports/${id}`)).body);

/** Plans an import, and waits until it is judged. */
export const planImport = async (
  as: Caller,
  file: string | Uint8Array,
  query: Query = {},
  type = CSV,
): Promise<Import> => {
  const answer = await sendFile(as, file, query, type);
  expect(answer).toMatchObject({ status: 201 });
  const { import_id: id } = importSchema.parse(answer.body);
  await expect.poll(async () => (await readImport(as, id)).state, { timeout: 10_000 }).toBe('ready');
  return readImport(as, id);
};

export const rowsOf = async (
  as: Caller,
  { import_id: id }: Import,
  query: Query = {},
): Promise<ImportRowList['rows']> =>
  importRowListSchema.parse(
    (await as.request('GET', `/v1/imports/${id}/rows?${searchOf({ page_size: '100', ...query })}`)).body,
  ).rows;

/** By line, what would become of each row, and why. */
export const outcomesOf = async (as: Caller, file: string, query: Query = {}, type?: string) =>
  Object.fromEntries(
    (await rowsOf(as, await planImport(as, file, query, type))).map(({ line, outcome, errors }) => [
      line,
      errors.length === 0 ? outcome : errors.map(({ column, code }) => `${column ?? 'the row'}: ${code}`),
    ]),
  );

/** Runs an import, and waits until its job has ended. */
export const runImport = async (as: Caller, { import_id: id }: Import): Promise<BulkJob> => {
  const answer = await as.request('POST', `/v1/imports/${id}/run`);
  expect(answer).toMatchObject({ status: 202 });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};
