import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#client/lib/toast.ts';
import { failedMessage } from './api-error.ts';

interface Choice<Change, Stored> {
  /** What is chosen about: those of one name are sent one after another. */
  name: string;
  /** How it is called where it could not be stored. */
  label: string;
  read: () => Stored | undefined;
  show: (stored: Stored) => void;
  /** Stores a change to what the server has by then. */
  send: (change: Change, stored: Stored) => Promise<Stored>;
}

// What the server has, by the name of a choice: of several in a row the last to be answered.
const storedByName = new Map<string, unknown>();

/**
 * A choice that is shown at once and stored behind it. Once the last of several is answered, what the server has is
 * shown: what it refused is put back, and said.
 */
export const useChoice = <Change extends object, Stored extends object>({
  name,
  label,
  read,
  show,
  send,
}: Choice<Change, Stored>) => {
  const client = useQueryClient();
  const mutationKey = ['choice', name];
  const stored = () => storedByName.get(name) as Stored;
  const isAlone = () => client.isMutating({ mutationKey }) === 1;
  return useMutation({
    mutationKey,
    scope: { id: name },
    mutationFn: (change: Change) => send(change, stored()),
    onMutate: (change) => {
      const shown = read();
      if (shown === undefined) return;
      if (isAlone()) storedByName.set(name, shown);
      show({ ...shown, ...change });
    },
    onSuccess: (answer) => void storedByName.set(name, answer),
    onError: (thrown) => toast({ tone: 'harm', message: failedMessage(label, 'was not saved', thrown) }),
    onSettled: () => (isAlone() ? show(stored()) : undefined),
  }).mutate;
};
