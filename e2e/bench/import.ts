import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Import } from '#contract/bulk/imports.ts';
import type { Caller } from '../http.ts';
import { residentBytes } from './export.ts';

export interface ImportFigures {
  rows: number;
  bytes: number;
  /** Until the file was judged, and until its job has ended, in milliseconds. */
  judgedMs: number;
  runMs: number;
  /** How much the server's memory grew at most meanwhile, in bytes. */
  grewBytes: number;
}

const MOST_ROWS = 100_000;
const SAMPLE_MS = 50;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** As a carrier delivers numbers: new ones, half of them with a trunk. */
const fileOf = (rows: number): string =>
  [
    'phone_number,provider,friendly_name,sip_termination_uri,sip_trunk_username,sip_trunk_password,labels,notes',
    ...Array.from({ length: rows }, (_, at) => {
      const trunk =
        at % 2 === 0 ? `sip,Desk ${at},trunk${at % 60}.example,user${at},secret${at}` : `pia,Desk ${at},,,`;
      return `+1202${2_000_000 + at},${trunk},imported|batch ${at % 20},Delivered as row ${at}`;
    }),
    '',
  ].join('\n');

/** So many new numbers as a file, planned and run. */
export const measureImport = async (api: Caller, pid: number, numbers: number): Promise<ImportFigures> => {
  const rows = Math.min(MOST_ROWS, numbers);
  const file = fileOf(rows);
  const before = await residentBytes(pid);
  let most = before;
  const sampling = setInterval(
    () => void residentBytes(pid).then((now) => (most = Math.max(most, now))),
    SAMPLE_MS,
  );
  const startedAt = performance.now();
  try {
    const answer = await api.request('POST', '/v1/imports', {
      raw: file,
      headers: { 'content-type': 'text/csv' },
    });
    if (answer.status !== 201) throw new Error(`The import was answered ${answer.status}: ${answer.text}`);
    let plan = answer.json<Import>();
    while (plan.state !== 'ready') {
      await sleep(50);
      plan = await api.get<Import>(`/v1/imports/${plan.import_id}`);
    }
    const judgedMs = performance.now() - startedAt;
    if (plan.counts.created !== rows) throw new Error(`Of ${rows} rows: ${JSON.stringify(plan.counts)}`);
    let job = await api.send<BulkJob>('POST', `/v1/imports/${plan.import_id}/run`);
    while (job.ended_at === null) {
      await sleep(50);
      job = await api.get<BulkJob>(`/v1/bulk-jobs/${job.bulk_job_id}`);
    }
    if (job.counts.created !== rows) throw new Error(`The import ended with ${JSON.stringify(job.counts)}`);
    const runMs = performance.now() - startedAt - judgedMs;
    return { rows, bytes: Buffer.byteLength(file), judgedMs, runMs, grewBytes: most - before };
  } finally {
    clearInterval(sampling);
  }
};
