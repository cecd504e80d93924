import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failedMessage, toApiError } from '#client/api/api-error.ts';
import { noteOwnChange } from '#client/features/numbers/own-changes/note-own-change.ts';
import { putRecord } from '#client/features/numbers/records.ts';
import { whereWords } from '#client/features/numbers/saved-where.ts';
import { isLeavingGuarded } from '#client/lib/leave-guard.ts';
import { toast } from '#client/lib/toast.ts';
import { useLinkActs } from './acts.ts';
import { linkQuery } from './queries.ts';

interface Subject {
  record: PhoneNumber;
  role: ConnectionRole;
  /** What the connection is called. */
  name: string;
}

/** The acts of the drawer, one at a time: what came of each is told, and so is what failed. */
export const useLinkActing = ({ record, role, name }: Subject) => {
  const acts = useLinkActs();
  const client = useQueryClient();
  const [acting, setActing] = useState<string | null>(null);
  const number = record.phone_number_international;

  const run = async (key: string, act: () => Promise<PhoneNumber>, done: string, failed: string) => {
    if (acting !== null) return;
    setActing(key);
    try {
      const stored = await act();
      noteOwnChange(stored);
      toast({
        message: `${number}: ${done}${whereWords(stored, new Map([[stored.links[0]?.connection_id ?? '', name]]))}`,
      });
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.current !== undefined) putRecord(client, error.current);
      void client.invalidateQueries(linkQuery({ phone_number_id: record._id, role }));
      if (error.code !== 'unauthenticated')
        toast({
          tone: 'harm',
          message: error.current
            ? `${number}: someone else has just changed it. Look at what changed, then try again.`
            : failedMessage(number, failed, error),
        });
    } finally {
      setActing(null);
    }
  };
  /** What changes the number itself would meet what is typed in its form. */
  const mayChange = () => {
    if (!isLeavingGuarded()) return true;
    toast({ tone: 'harm', message: 'Save or discard your changes first.' });
    return false;
  };
  const subject = { record, role };
  return {
    acting,
    retry: () =>
      void run('retry', () => acts.retry.mutateAsync(subject), 'tried again', 'was not tried again'),
    keepMine: (fields?: string[]) =>
      void run(
        `mine ${fields?.join() ?? ''}`,
        () => acts.keepMine.mutateAsync({ ...subject, fields }),
        'kept as it is here',
        'was not sent',
      ),
    takeTheirs: (fields?: string[]) =>
      mayChange() &&
      void run(
        `theirs ${fields?.join() ?? ''}`,
        () => acts.takeTheirs.mutateAsync({ ...subject, fields }),
        `taken over from ${name}`,
        'was not changed',
      ),
    restore: (id: string) =>
      mayChange() &&
      void run(
        `restore ${id}`,
        () => acts.restore.mutateAsync({ ...subject, before_image_id: id }),
        'restored to what was there before',
        'was not restored',
      ),
    unlink: () =>
      acts.unlink.mutateAsync(subject).catch((thrown: unknown) => {
        const { current } = toApiError(thrown);
        if (current !== undefined) putRecord(client, current);
        throw thrown;
      }),
  };
};
export type LinkActing = ReturnType<typeof useLinkActing>;
