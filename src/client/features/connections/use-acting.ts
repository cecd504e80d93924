import { useState } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { toast } from '#client/lib/toast.ts';

/** One act at a time, begun by a button that says so; what fails is told. */
export const useActing = () => {
  const [acting, setActing] = useState<string | null>(null);
  const act = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    if (acting !== null) return;
    setActing(what);
    try {
      await run();
    } catch (thrown) {
      const { code, detail } = toApiError(thrown);
      // A session that ended is told once, by the query client.
      if (code !== 'unauthenticated') toast({ tone: 'harm', message: detail });
    } finally {
      setActing(null);
    }
  };
  return { acting, act };
};
