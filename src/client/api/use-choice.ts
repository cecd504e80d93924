import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
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

// What the server has, by the name of a choice: of several in a row the last to be answered.
const storedByName = new Map<string, unknown>();
// Those whose query was being read when they were made.
const interrupted = new Set<string>();

/**
 * A choice that is shown at once and stored behind it. Once the last of several is answered, what the server has is
 * shown: what it refused is put back, and said. An answer that was on its way when it was made does not know of it, and
 * is not waited for; it is asked for again afterwards.
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
  const query = { queryKey, exact: true };
  const isBeingRead = () => client.isFetching(query) > 0;
  const isAlone = () => client.isMutating({ mutationKey }) === 1;
  return useMutation({
    mutationKey,
    scope: { id: name },
    mutationFn: (change: Change) => send(change, stored()),
    onMutate: (change) => {
      const shown = read();
      if (shown === undefined) return;
      if (isAlone()) storedByName.set(name, shown);
      if (isBeingRead()) {
        interrupted.add(name);
        void client.cancelQueries(query, { revert: false });
      }
      show({ ...shown, ...change });
    },
    onSuccess: (answer) => void storedByName.set(name, answer),
    onError: (thrown) => toast({ tone: 'harm', message: failedMessage(label, 'was not saved', thrown) }),
    onSettled: () => {
      if (!isAlone()) return;
      const isOutdated = interrupted.delete(name) || isBeingRead();
      show(stored());
      if (isOutdated) void client.invalidateQueries(query);
    },
  }).mutate;
};
