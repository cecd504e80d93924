import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Change } from '#contract/changes.ts';
import { onChange, onGap } from './change-stream.ts';

// A changed number changes how many numbers a thing has, but a burst of them must not ask a hundred times.
const COUNTS_SETTLE_MS = 1500;

/** Keeps a list true while something shows it: read anew when one of its kind changes, and soon after numbers did, for its counts. */
export const useRefetchOnChange = (queryKey: QueryKey, kind: Change['subject']) => {
  const client = useQueryClient();
  // Keys are lists of words, made anew at each drawing.
  const words = JSON.stringify(queryKey);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetchSoon = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => void client.invalidateQueries({ queryKey: JSON.parse(words) as QueryKey }), ms);
    };
    const stop = onChange(({ subject }) => {
      if (subject === kind) refetchSoon(0);
      if (subject === 'phone_number') refetchSoon(COUNTS_SETTLE_MS);
    });
    const stopGap = onGap(() => refetchSoon(0));
    return () => {
      clearTimeout(timer);
      stop();
      stopGap();
    };
  }, [client, words, kind]);
};
