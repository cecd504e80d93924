import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
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
import { kindAddresses } from './connection-words.ts';
import { useConnectionActs } from './acts.ts';
import { AddressField, KeyField, KeyTarget, NameField, orNull } from './text-fields.tsx';

const changedMeanwhile = ({ status, code, title }: ApiError, isMoved: boolean) =>
  new ApiError({
    status,
    code,
    title,
    detail: isMoved
      ? 'Somebody else led this connection to another address meanwhile, and nothing was saved. Close this, and look where it leads before you change it.'
      : 'Somebody else changed this connection meanwhile. Save again to put what you wrote in its place.',
  });

/** Its name, and where it leads: another address takes the key anew. */
export const EditDialog = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const { update, check, readAgain } = useConnectionActs();
  // What was seen when the dialog opened; the list behind it goes on.
  const [seen] = useState(connection);
  const [version, setVersion] = useState(seen.version);
  const form = useForm<ConnectionPatchInput, unknown, ConnectionPatch>({
    resolver: zodResolver(connectionPatchSchema),
    defaultValues: { name: seen.name, settings: seen.settings, credentials: {} },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name', 'settings.base_url', 'credentials.api_key'],
    send: async ({ name, settings, credentials }) => {
      const isMoved = settings?.base_url !== seen.settings.base_url;
      const hasKey = credentials?.api_key !== undefined;
      const body = {
        ...(name !== seen.name && { name }),
        ...((isMoved || hasKey) && { settings }),
        ...(hasKey && { credentials }),
      };
      try {
        await update({ ...seen, version }, body);
      } catch (thrown) {
        if (!(thrown instanceof ApiError) || thrown.code !== 'version_conflict') throw thrown;
        const now = await readAgain(seen);
        const isMovedByOthers = now.settings.base_url !== seen.settings.base_url;
        if (!isMovedByOthers) setVersion(now.version);
        throw changedMeanwhile(thrown, isMovedByOthers);
      }
      onClose();
      toast({ message: `“${name ?? seen.name}” saved` });
      if (isMoved || hasKey) await check(seen).catch(() => null);
    },
  });
  const address = useWatch({ control: form.control, name: 'settings.base_url' });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      title={`Edit ${seen.name}`}
      verb="Save"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <NameField error={errors.name?.message} registered={form.register('name')} />
      <AddressField
        usual={kindAddresses[seen.kind]}
        hint="Another address needs its key below, too."
        error={errors.settings?.base_url?.message}
        registered={form.register('settings.base_url', { setValueAs: orNull })}
      />
      <KeyField
        hint="Empty leaves it unchanged."
        control={form.control}
        name="credentials.api_key"
        mayBeEmpty
      />
      <KeyTarget address={orNull(address ?? null)} usual={kindAddresses[seen.kind]} />
    </FormDialog>
  );
};
