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

/** What the server has, by the name of a choice: of several in a row the last to be answered. */
const storedByName = new Map<string, unknown>();
/** What is chosen and not answered yet, by the same name, and how to keep it shown no longer. */
const pendingByName = new Map<string, { change: object; stop: () => void }>();

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
  const stored = () => storedByName.get(name) as Stored;
  const isAlone = () => client.isMutating({ mutationKey }) === 1;
  const keepShown = () =>
    client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.query.queryHash !== hashKey(queryKey)) return;
      const isRead = event.action.type === 'success' && event.action.manual !== true;
      const [pending, shown] = [pendingByName.get(name), read()];
      if (isRead && pending !== undefined && shown !== undefined) show({ ...shown, ...pending.change });
    });
  return useMutation({
    mutationKey,
    scope: { id: name },
    mutationFn: (change: Change) => send(change, stored()),
    onMutate: (change) => {
      const shown = read();
      if (shown === undefined) return;
      if (isAlone()) storedByName.set(name, shown);
      const { change: before, stop } = pendingByName.get(name) ?? { change: {}, stop: keepShown() };
      pendingByName.set(name, { change: { ...before, ...change }, stop });
      show({ ...shown, ...change });
    },
    onSuccess: (answer) => void storedByName.set(name, answer),
    onError: (thrown) => toast({ tone: 'harm', message: failedMessage(label, 'was not saved', thrown) }),
    onSettled: () => {
      if (!isAlone()) return;
      pendingByName.get(name)?.stop();
      pendingByName.delete(name);
      show(stored());
      const query = { queryKey, exact: true };
      if (client.isFetching(query) > 0) void client.invalidateQueries(query);
    },
  }).mutate;
};
