import { useIsFetching } from '@tanstack/react-query';
import { useState } from 'react';
import { countWords, useFindingsSummary } from '#client/features/findings/queries.ts';
import { NavCount } from './nav-count.tsx';

/** How much is wrong with routing: asked for once the first screen has all that it asks for. */
export const FindingCount = () => {
  const isBusy = useIsFetching() > 0;
  const [isRested, setRested] = useState(false);
  if (!isBusy && !isRested) setRested(true);
  const summary = useFindingsSummary(isRested);
  return summary && summary.total.count > 0 && <NavCount>{countWords(summary.total)}</NavCount>;
};
