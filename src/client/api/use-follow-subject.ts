import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Change } from '#contract/changes.ts';
import { onChange, onGap } from './change-stream.ts';

/** Asks again for what is stored under `key` whenever something of that kind has changed. */
export const useFollowSubject = (subject: Change['subject'], key: QueryKey): void => {
  const client = useQueryClient();
  // The key is written anew in every render, and means the same.
  const [queryKey] = useState(key);
  useEffect(() => {
    const refetch = () => void client.invalidateQueries({ queryKey });
    const stop = onChange((change) => (change.subject === subject ? refetch() : undefined));
    const stopGap = onGap(refetch);
    return () => {
      stop();
      stopGap();
    };
  }, [client, subject, queryKey]);
};
