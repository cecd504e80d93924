import { formatCount } from '#client/lib/words/format.ts';
import { useJobsUnderWay } from '#client/features/bulk/queries.ts';
import { NavCount } from './nav-count.tsx';

/** How many jobs are under way. */
export const JobCount = () => {
  const count = useJobsUnderWay().data?.length ?? 0;
  return count > 0 && <NavCount>{formatCount(count)}</NavCount>;
};
