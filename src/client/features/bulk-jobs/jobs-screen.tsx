import { JobPage } from './job-page.tsx';
import { JobsPage } from './jobs-page.tsx';

/** All jobs, or the one of the address. */
export const JobsScreen = ({ jobId }: { jobId: string | undefined }) =>
  jobId === undefined ? <JobsPage /> : <JobPage key={jobId} jobId={jobId} />;
