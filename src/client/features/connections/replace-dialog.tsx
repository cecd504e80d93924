import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import {
  connectionPatchSchema,
  type Connection,
  type ConnectionPatch,
  type ConnectionPatchInput,
} from '#contract/connections/connections.ts';
import { ApiError } from '#client/api/api-error.ts';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { kindAddresses, kindNames, stateWords } from './connection-words.ts';
import { useConnectionActs } from './acts.ts';
import { KeyField, KeyTarget } from './text-fields.tsx';

const changedMeanwhile = ({ status, code, title }: ApiError) =>
  new ApiError({
    status,
    code,
    title,
    detail:
      'Somebody else changed this connection meanwhile, and the key was not saved. Close this, and look where the connection leads before you give it a key.',
  });

/** Another key for the same account, tried as soon as it is sealed. */
export const ReplaceDialog = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const { update, check } = useConnectionActs();
  // The key is for where the connection led when the dialog opened; the list behind it goes on.
  const [seen] = useState(connection);
  const { name, kind, settings } = seen;
  const form = useForm<ConnectionPatchInput, unknown, ConnectionPatch>({
    resolver: zodResolver(connectionPatchSchema),
    defaultValues: { credentials: { api_key: '' } },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['credentials.api_key'],
    send: async ({ credentials }) => {
      await update(seen, { settings, credentials }).catch((thrown: unknown) => {
        throw thrown instanceof ApiError && thrown.code === 'version_conflict'
          ? changedMeanwhile(thrown)
          : thrown;
      });
      onClose();
      const found = await check(seen).catch(() => null);
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
      <KeyTarget address={settings.base_url} usual={kindAddresses[kind]} />
    </FormDialog>
  );
};
