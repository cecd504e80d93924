import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList, BulkPlan } from '#contract/bulk/plans.ts';
import type { Caller } from '../../http.ts';
import { runCommand, type RunningServer } from '../../server.ts';
import { atDatabase, type AtDatabase } from '../at-database.ts';
import type { Ended, HeldEvent, HeldNumber, ReportedRow } from './judge.ts';

export const NUMBERS = 10_000;
// Often enough to see it end, and not so often that it is slowed down.
const FOLLOW_EVERY_MS = 40;

/**
 * Whoever is killed holds a job until its lease has run out. With a lease that has run out as soon as it is
 * given the next start takes the job up at once, and two instances are both at it: as if there were no lease.
 * Who held one is kept.
 */
const withoutLeases = `
  create table proof_holder (holder text primary key);
  create function give_no_lease() returns trigger language plpgsql as $$
  begin
    if new.leased_by is not null then
      insert into proof_holder values (new.leased_by) on conflict do nothing;
      new.leased_until := now();
    end if;
    return new;
  end $$;
  create trigger no_lease before update on job for each row execute function give_no_lease()`;

export const endLeases = (server: RunningServer): Promise<void> =>
  atDatabase(server, async (database) => {
    for (const each of withoutLeases.split(/;\n(?=  create)/)) await database.query(each);
  });

export const holders = (server: RunningServer): Promise<number> =>
  atDatabase(server, async (database) => (await database.query('select from proof_holder')).length);

/** Made-up numbers of every provider; every third with notes and metadata that a change must put back. */
export const fillWithNumbers = async (server: RunningServer, numbers = NUMBERS): Promise<void> => {
  const { exitCode, output } = await runCommand(['seed', '--numbers', String(numbers)], {
    dataDirectory: server.dataDirectory,
  });
  if (exitCode !== 0) throw new Error(`seed ended with ${exitCode}: ${output}`);
  await atDatabase(server, (database) =>
    database.query(
      `update phone_number set notes = 'As it was: ' || id,
         metadata = jsonb_build_object('proof', 'before ' || id, 'kept', id)
       where id in (select id from phone_number order by id limit $1)`,
      [Math.floor(numbers / 3)],
    ),
  );
};

const selectNumbers = `select id, version,
    (to_jsonb(n) - '{version,updated_at}'::text[])::text as fields
  from phone_number n order by id`;

export const heldNumbers = (database: AtDatabase) => database.query<HeldNumber>(selectNumbers);

const lastEvent = async (database: AtDatabase) =>
  (await database.query<{ id: string }>('select coalesce(max(id), 0)::text as id from audit_event'))[0]?.id ??
  '0';

/** What the database holds, and up to which event the log has come. */
export interface Held {
  numbers: HeldNumber[];
  lastEvent: string;
}

export const lookAt = (server: RunningServer): Promise<Held> =>
  atDatabase(server, async (database) => ({
    numbers: await heldNumbers(database),
    lastEvent: await lastEvent(database),
  }));

export const planOf = async (api: Caller, body: object): Promise<BulkPlan> => {
  let plan = await api.send<BulkPlan>('POST', '/v1/bulk-jobs?dry_run=true', body);
  while (plan.state !== 'ready') plan = await api.get<BulkPlan>(`/v1/bulk-plans/${plan.plan_id}`);
  return plan;
};

export const runPlan = (api: Caller, { plan_id }: BulkPlan): Promise<BulkJob> =>
  api.send('POST', '/v1/bulk-jobs', { plan_id });

export const readJob = (api: Caller, { bulk_job_id: id }: Pick<BulkJob, 'bulk_job_id'>): Promise<BulkJob> =>
  api.get(`/v1/bulk-jobs/${id}`);

/** Reads a job until it is so, or has ended. */
export const followJob = async (
  api: Caller,
  job: Pick<BulkJob, 'bulk_job_id'>,
  isSo: (job: BulkJob) => boolean = () => false,
): Promise<BulkJob> => {
  for (;;) {
    const now = await readJob(api, job);
    if (now.ended_at !== null || isSo(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, FOLLOW_EVERY_MS));
  }
};

const reportOf = async (api: Caller, { bulk_job_id: id }: BulkJob): Promise<ReportedRow[]> => {
  const rows: ReportedRow[] = [];
  for (let token: string | null = ''; token !== null;) {
    const page: BulkJobRowList = await api.get(
      `/v1/bulk-jobs/${id}/rows?page_size=100${token && `&page_token=${encodeURIComponent(token)}`}`,
    );
    rows.push(...page.rows.map((row) => ({ ...row, phone_number_id: row.phone_number_id ?? '' })));
    token = page.next_page_token;
  }
  return rows;
};

/** All there is to judge an ended job by, `before` being what was there when it began. */
export const endOf = async (
  server: RunningServer,
  api: Caller,
  job: BulkJob,
  before: Held,
): Promise<Ended> => {
  const held = await atDatabase(server, async (database) => ({
    after: await heldNumbers(database),
    events: await database.query<HeldEvent>(
      `select subject_id, version, bulk_job_id from audit_event where subject_kind = 'phone_number' and id > $1`,
      [before.lastEvent],
    ),
  }));
  return { job: await readJob(api, job), rows: await reportOf(api, job), before: before.numbers, ...held };
};
