import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList } from '#contract/bulk/plans.ts';

/* What must be true of a bulk job once it has ended, judged by what the database holds. */

/** A number as its row of the table is, without what every change moves. */
export interface HeldNumber {
  id: string;
  version: number;
  fields: string;
}

/** An event of a number that was recorded since the job began, and the job that it names. */
export interface HeldEvent {
  subject_id: string;
  version: number;
  bulk_job_id: string | null;
}

/** A number in the report of a job that adds none: each has its id. */
export type ReportedRow = BulkJobRowList['rows'][number] & { phone_number_id: string };

export interface Ended {
  job: BulkJob;
  /** Every page of the job’s report. */
  rows: ReportedRow[];
  /** The numbers before the job began, and after it ended. */
  before: readonly HeldNumber[];
  after: readonly HeldNumber[];
  events: readonly HeldEvent[];
}

const byId = (numbers: readonly HeldNumber[]) => new Map(numbers.map((number) => [number.id, number]));

const eventsById = (events: readonly HeldEvent[], jobId: string) => {
  const versions = new Map<string, number[]>();
  for (const { subject_id: id, version, bulk_job_id } of events)
    if (bulk_job_id === jobId) versions.set(id, [...(versions.get(id) ?? []), version]);
  return versions;
};

const outcomes = ['changed', 'unchanged', 'refused', 'conflict'] as const;

/** Where the counts say something else than the rows, or a row is missing. */
const miscounts = ({ job, rows, before }: Ended): string[] => {
  const { counts, state } = job;
  const seen = new Set(rows.map(({ phone_number_id: id }) => id));
  const missing = before.filter(({ id }) => !seen.has(id));
  return [
    ...(state === 'done' ? [] : [`the job is ${state}`]),
    ...(seen.size === rows.length ? [] : [`${rows.length - seen.size} numbers are reported twice`]),
    ...(missing.length === 0 ? [] : [`${missing.length} numbers are not reported, as ${missing[0]?.id}`]),
    ...(counts.done === counts.total && counts.total === rows.length
      ? []
      : [`${counts.done} of ${counts.total} are done, and ${rows.length} reported`]),
    ...outcomes.flatMap((outcome) => {
      const found = rows.filter((row) => row.outcome === outcome).length;
      return found === counts[outcome] ? [] : [`${counts[outcome]} ${outcome}, and ${found} rows say so`];
    }),
  ];
};

/**
 * What is untrue of an ended job: a number that was not changed exactly once, with one event that names the
 * job, where its row says changed; or touched where it says anything else; or a count that the rows do not
 * bear out.
 */
export const untruths = (ended: Ended): string[] => {
  const { job, rows, before, after, events } = ended;
  const [was, is, told] = [byId(before), byId(after), eventsById(events, job.bulk_job_id)];
  const wrong = miscounts(ended);
  for (const { phone_number_id: id, outcome } of rows) {
    const [from, to, made] = [was.get(id)?.version, is.get(id)?.version, told.get(id) ?? []];
    const steps = outcome === 'changed' ? 1 : 0;
    if (from === undefined || to === undefined) wrong.push(`${id} is ${outcome}, and not there`);
    else if (to !== from + steps) wrong.push(`${id} is ${outcome}, and went from version ${from} to ${to}`);
    else if (made.length !== steps) wrong.push(`${id} is ${outcome}, with ${made.length} events of the job`);
    else if (steps === 1 && made[0] !== to)
      wrong.push(`${id}: its event is of version ${made[0]}, not ${to}`);
  }
  const reported = new Set(rows.map(({ phone_number_id: id }) => id));
  for (const id of told.keys()) if (!reported.has(id)) wrong.push(`${id} has an event, and is not reported`);
  return wrong;
};

const fieldsOf = ({ fields }: HeldNumber) => new Map(Object.entries(JSON.parse(fields) as object));

const namesOfOthers = (was: HeldNumber, is: HeldNumber): string[] => {
  const now = fieldsOf(is);
  return [...fieldsOf(was)].flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(now.get(name)) ? [] : [name],
  );
};

/** The numbers of which any field is another than it was, with the names of those fields. */
export const differing = (before: readonly HeldNumber[], after: readonly HeldNumber[]): string[] => {
  const now = byId(after);
  return before.flatMap((was) => {
    const is = now.get(was.id);
    if (is === undefined) return [`${was.id} is gone`];
    return is.fields === was.fields ? [] : [`${was.id} differs in ${namesOfOthers(was, is).join(', ')}`];
  });
};
