import type { AuditEvent } from '#contract/audit-events.ts';

// Two events side by side are read as fast as one that stands for both.
const WORTH_FOLDING = 3;

const idOf = ({ kind, id, name }: AuditEvent['actor']) => id ?? `${kind} ${name}`;

/** Whether one act, or one script, made both: who did it, what, to what kind of thing, and which fields changed. */
const isLike = (one: AuditEvent, other: AuditEvent): boolean =>
  one.bulk_job_id === other.bulk_job_id &&
  one.action === other.action &&
  one.subject.kind === other.subject.kind &&
  idOf(one.actor) === idOf(other.actor) &&
  Object.keys(one.changes).toSorted().join() === Object.keys(other.changes).toSorted().join();

/**
 * Events in their order, runs of like ones together, and those of one job where its newest stands: others act
 * while it runs. What stands alone is a run of one.
 */
export const foldEvents = (events: readonly AuditEvent[]): AuditEvent[][] => {
  const runs: AuditEvent[][] = [];
  const jobs = new Map<string, AuditEvent[]>();
  for (const event of events) {
    const { bulk_job_id: job, subject } = event;
    const isOfJob = job !== null && subject.kind !== 'bulk_job';
    const run = isOfJob ? jobs.get(job) : runs.at(-1);
    if (run?.[0] && (isOfJob || isLike(run[0], event))) run.push(event);
    else {
      const begun = [event];
      runs.push(begun);
      if (isOfJob) jobs.set(job, begun);
    }
  }
  const isFolded = (run: readonly AuditEvent[]) =>
    run.length >= WORTH_FOLDING || (run.length > 1 && jobs.has(run[0]?.bulk_job_id ?? ''));
  return runs.flatMap((run) => (isFolded(run) ? [run] : run.map((event) => [event])));
};

/** What every event of a run changed in the same way. */
export const commonChanges = (run: readonly AuditEvent[]): AuditEvent['changes'] => {
  const [first, ...others] = run;
  if (first === undefined) return {};
  const afterOf = ({ changes }: AuditEvent, field: string) => {
    const change = changes[field];
    return change === undefined || 'secret' in change ? undefined : JSON.stringify(change.after);
  };
  return Object.fromEntries(
    Object.entries(first.changes).filter(([field]) => {
      const after = afterOf(first, field);
      return after !== undefined && others.every((event) => afterOf(event, field) === after);
    }),
  );
};
