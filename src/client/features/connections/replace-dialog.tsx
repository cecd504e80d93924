import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import {
  connectionPatchSchema,
  type Connection,
  type ConnectionPatch,
  type ConnectionPatchInput,
} from '#contract/connections/connections.ts';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { kindNames, stateWords } from './connection-words.ts';
import { useConnectionActs } from './queries.ts';
import { KeyField } from './text-fields.tsx';

/** Another key for the same account, tried as soon as it is sealed. */
export const ReplaceDialog = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const { update, check } = useConnectionActs();
  const { name, kind } = connection;
  const form = useForm<ConnectionPatchInput, unknown, ConnectionPatch>({
    resolver: zodResolver(connectionPatchSchema),
    defaultValues: { credentials: { api_key: '' } },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['credentials.api_key'],
    send: async (body) => {
      await update(connection, body);
      onClose();
      const found = await check(connection).catch(() => null);
      const isTaken = found?.state === 'ok';
      const words = found ? stateWords({ ...found, paused: false })[0].toLowerCase() : 'not checked';
      toast({
        message: isTaken ? `Key of “${name}” replaced` : `Key of “${name}” replaced, but: ${words}`,
        ...(!isTaken && { tone: 'harm' as const }),
      });
    },
  });
  const { isDirty } = form.formState;
  return (
    <FormDialog
      title={`Replace the key of ${name}`}
      verb="Replace key"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <KeyField
        hint={`A new API key of the same ${kindNames[kind]} account. The old one is erased here, and goes on there until you end it there.`}
        control={form.control}
        name="credentials.api_key"
      />
    </FormDialog>
  );
};
