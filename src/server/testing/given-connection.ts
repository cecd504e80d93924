import { expect } from 'vitest';
import { bulkJobSchema, type BulkJob } from '#contract/bulk/jobs.ts';
import {
  connectionImportRowListSchema,
  connectionImportSchema,
  type ConnectionImport,
  type ConnectionImportRow,
} from '#contract/bulk/connection-imports.ts';
import { connectionSchema } from '#contract/connections/connections.ts';
import { whenEnded } from './given-bulk.ts';
import { searchOf, type Query } from './given.ts';
import type { Caller } from './test-app.ts';
import type { VerbexStandIn } from './verbex/start-verbex.ts';

// What the tests of connections begin with. Every answer is read by the contract's own schema.

/** An account of the stand-in; `as` is an admin who gave the password just now. */
export const addConnection = async (as: Caller, verbex: VerbexStandIn, name = 'Verbex'): Promise<string> => {
  const settings = { base_url: verbex.url };
  const body = { kind: 'verbex', name, settings, credentials: { api_key: verbex.state.key } };
  const answer = await as.request('POST', '/v1/connections', { body });
  expect(answer).toMatchObject({ status: 201 });
  return connectionSchema.parse(answer.body).connection_id;
};

export const readConnectionImport = async (
  as: Caller,
  { connection_id, plan_id }: Pick<ConnectionImport, 'connection_id' | 'plan_id'>,
): Promise<ConnectionImport> => {
  const answer = await as.request('GET', `/v1/connections/${connection_id}/import/${plan_id}`);
  expect(answer).toMatchObject({ status: 200 });
  return connectionImportSchema.parse(answer.body);
};

/** Reads the account, and waits until the plan is ready or has failed. */
export const previewImport = async (
  as: Caller,
  connectionId: string,
  choices: object = {},
  timeout = 10_000,
): Promise<ConnectionImport> => {
  const path = `/v1/connections/${connectionId}/import/preview`;
  const answer = await as.request('POST', path, { body: choices });
  expect(answer).toMatchObject({ status: 201 });
  const begun = connectionImportSchema.parse(answer.body);
  await expect
    .poll(async () => (await readConnectionImport(as, begun)).state, { timeout, interval: 100 })
    .toMatch(/ready|failed/);
  return readConnectionImport(as, begun);
};

export const rowsOfImport = async (
  as: Caller,
  { connection_id, plan_id }: Pick<ConnectionImport, 'connection_id' | 'plan_id'>,
  query: Query = {},
): Promise<ConnectionImportRow[]> => {
  const path = `/v1/connections/${connection_id}/import/${plan_id}/rows?${searchOf({ page_size: '100', ...query })}`;
  return connectionImportRowListSchema.parse((await as.request('GET', path)).body).rows;
};

export const runConnectionImport = async (
  as: Caller,
  { connection_id, plan_id }: Pick<ConnectionImport, 'connection_id' | 'plan_id'>,
): Promise<BulkJob> => {
  const answer = await as.request('POST', `/v1/connections/${connection_id}/import`, { body: { plan_id } });
  expect(answer).toMatchObject({ status: 202 });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};

/** Looks at what an account has, and imports it. */
export const importAll = async (
  as: Caller,
  connectionId: string,
  choices: object = {},
): Promise<{ plan: ConnectionImport; job: BulkJob }> => {
  const plan = await previewImport(as, connectionId, choices);
  expect(plan).toMatchObject({ state: 'ready', reason: null, message: null });
  return { plan, job: await runConnectionImport(as, plan) };
};
