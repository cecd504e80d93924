import { hashKey, useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { toast } from '#client/lib/toast.ts';
import { failedMessage } from './api-error.ts';

interface Choice<Change, Stored> {
  /** What is chosen about: those of one name are sent one after another. */
  name: string;
  /** Of the query that it is shown by. */
  queryKey: QueryKey;
  /** How it is called where it could not be stored. */
  label: string;
  read: () => Stored | undefined;
  show: (stored: Stored) => void;
  /** Stores a change to what the server has by then. */
  send: (change: Change, stored: Stored) => Promise<Stored>;
}

interface Underway {
  /** What the server has: of several in a row the last to be answered. */
  stored: unknown;
  /** All that is chosen and not answered yet. */
  change: object;
  /** Shows it no longer with what is read. */
  stop: () => void;
}

/** By the name of the choice. */
const underway = new Map<string, Underway>();

/**
 * A choice that is shown at once and stored behind it: whatever is read meanwhile is shown with it. Once the last of
 * several is answered, what the server has is shown: what it refused is put back, and said. An answer that is still on
 * its way then may not know of it, and is asked for again.
 */
export const useChoice = <Change extends object, Stored extends object>({
  name,
  queryKey,
  label,
  read,
  show,
  send,
}: Choice<Change, Stored>) => {
  const client = useQueryClient();
  const mutationKey = ['choice', name];
  const isAlone = () => client.isMutating({ mutationKey }) === 1;
  const showWithReads = () =>
    client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.query.queryHash !== hashKey(queryKey)) return;
      const isRead = event.action.type === 'success' && event.action.manual !== true;
      const [shown, change] = [read(), underway.get(name)?.change];
      if (isRead && shown !== undefined) show({ ...shown, ...change });
    });
  return useMutation({
    mutationKey,
    scope: { id: name },
    mutationFn: (change: Change) => send(change, underway.get(name)?.stored as Stored),
    onMutate: (change) => {
      const shown = read();
      if (shown === undefined) return;
      const { stored, change: before, stop } = underway.get(name) ?? { stored: shown, stop: showWithReads() };
      underway.set(name, { stored, change: { ...before, ...change }, stop });
      show({ ...shown, ...change });
    },
    onSuccess: (answer) => {
      const choice = underway.get(name);
      if (choice !== undefined) choice.stored = answer;
    },
    onError: (thrown) => toast({ tone: 'harm', message: failedMessage(label, 'was not saved', thrown) }),
    onSettled: () => {
      const choice = underway.get(name);
      if (choice === undefined || !isAlone()) return;
      choice.stop();
      underway.delete(name);
      show(choice.stored as Stored);
      const query = { queryKey, exact: true };
      if (client.isFetching(query) > 0) void client.invalidateQueries(query);
    },
  }).mutate;
};
