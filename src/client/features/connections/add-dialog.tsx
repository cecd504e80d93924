import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { toApiError } from '#client/api/api-error.ts';
import {
  connectionCreateSchema,
  connectionKinds,
  type Connection,
  type ConnectionCreate,
  type ConnectionCreateInput,
} from '#contract/connections/connections.ts';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { Radio } from '#client/components/radio.tsx';
import { CheckedDialog } from './checked-dialog.tsx';
import { kindAbouts, kindAddresses, kindNames } from './connection-words.ts';
import { useConnectionActs } from './acts.ts';
import { AddressField, KeyField, NameField, orNull } from './text-fields.tsx';

interface Props {
  onReplace: (connection: Connection) => void;
  onClose: () => void;
}

const initial: ConnectionCreateInput = {
  kind: 'verbex',
  name: '',
  settings: { base_url: null },
  credentials: { api_key: '' },
};

/** Kind and credentials, then what a check finds. What was added stays, whatever that is. */
export const AddDialog = ({ onReplace, onClose }: Props) => {
  const { add, check } = useConnectionActs();
  const [added, setAdded] = useState<Connection | null>(null);
  const [checking, setChecking] = useState<'under way' | 'done' | { failed: string }>('under way');
  const form = useForm<ConnectionCreateInput, unknown, ConnectionCreate>({
    resolver: zodResolver(connectionCreateSchema),
    defaultValues: initial,
  });
  const checkNow = async (connection: Connection) => {
    setChecking('under way');
    try {
      setAdded(await check(connection));
      setChecking('done');
    } catch (thrown) {
      setChecking({ failed: toApiError(thrown).detail });
    }
  };
  const kind = useWatch({ control: form.control, name: 'kind' });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name', 'credentials.api_key', 'settings.base_url'],
    send: async (body) => {
      const connection = await add(body);
      setAdded(connection);
      await checkNow(connection);
    },
  });
  if (added !== null)
    return (
      <CheckedDialog
        connection={added}
        checking={checking}
        onCheck={() => void checkNow(added)}
        onReplace={() => onReplace(added)}
        onClose={onClose}
      />
    );
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      title="Add connection"
      about="Its key is sealed here, and tried at once."
      verb="Add connection"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-ink-2">Kind</legend>
        {connectionKinds.map((each) => (
          <label key={each} className="flex min-h-6 cursor-pointer gap-2.5">
            <Radio value={each} className="self-center" {...form.register('kind')} />
            <span>
              {kindNames[each]} <span className="block text-xs text-ink-3">{kindAbouts[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <NameField error={errors.name?.message} registered={form.register('name')} />
      <KeyField
        hint={`An API key of your ${kindNames[kind]} account.`}
        control={form.control}
        name="credentials.api_key"
      />
      <AddressField
        usual={kindAddresses[kind]}
        hint="Leave it empty, unless the API is reached elsewhere."
        error={errors.settings?.base_url?.message}
        registered={form.register('settings.base_url', { setValueAs: orNull })}
      />
    </FormDialog>
  );
};
