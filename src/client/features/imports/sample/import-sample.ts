import type { BulkJob } from '#contract/bulk/jobs.ts';
import { call } from '#client/api/call.ts';
import { sendFile } from '#client/features/imports/file/send-file.ts';
import { usualChoices } from '#client/features/imports/plan/choices.ts';
import { runImport } from '#client/features/imports/plan/queries.ts';
import { sampleNumbers } from './sample-numbers.ts';

const AGAIN_MS = 300;
const rest = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

/** Imports the sample numbers, and their agents, as any file is imported. Resolves once the job has ended. */
export const importSample = async (signal: AbortSignal): Promise<BulkJob> => {
  const blob = new Blob([sampleNumbers]);
  let plan = await sendFile(
    { name: 'sample.csv', blob, format: 'csv', head: null },
    { ...usualChoices, existing: 'skip', unknownAgents: 'create' },
    { signal, onSent: () => {} },
  );
  while (plan.state === 'judging') {
    await rest();
    plan = await call('GET /v1/imports/{import_id}', { params: { import_id: plan.import_id }, signal });
  }
  let job = await runImport(plan.import_id);
  while (job.ended_at === null) {
    await rest();
    job = await call('GET /v1/bulk-jobs/{bulk_job_id}', {
      params: { bulk_job_id: job.bulk_job_id },
      signal,
    });
  }
  return job;
};
