import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { scopes, type Scope } from '#contract/access.ts';
import { apiKeyCreateSchema, type ApiKey } from '#contract/api-keys.ts';
import { DEFAULT_KEY_DAYS } from '#contract/key-days.ts';
import { Choice } from '#client/components/choice.tsx';
import { Field } from '#client/components/form/field.tsx';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { useNow } from '#client/lib/use-now.ts';
import { calendarDate } from '#client/lib/words/format.ts';
import { KeyShown } from './key-shown.tsx';
import { useAddApiKey } from './queries.ts';
import { scopeMeanings } from './scope-names.ts';

const usual = `${DEFAULT_KEY_DAYS}` as const;
const lifetimes = ['30', usual, '365', 'never'] as const;
const lifetimeNames = { 30: '30 days', [usual]: `${DEFAULT_KEY_DAYS} days`, 365: '1 year', never: 'Never' };
const DAY_MS = 86_400_000;
const expiryOf = (lifetime: string, now = Date.now()) =>
  lifetime === 'never' ? null : new Date(now + Number(lifetime) * DAY_MS).toISOString();

const toggled = (chosen: readonly Scope[], scope: Scope) =>
  chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope];

/** A new key, or one that `replaces` another: it is called the same and may the same. */
export const ApiKeyDialog = ({
  replaces = null,
  onClose,
}: {
  replaces?: ApiKey | null;
  onClose: () => void;
}) => {
  const add = useAddApiKey();
  const [key, setKey] = useState<string | null>(null);
  const [lifetime, setLifetime] = useState<(typeof lifetimes)[number]>(usual);
  const { name, scopes: may }: Pick<ApiKey, 'name' | 'scopes'> = replaces ?? {
    name: '',
    scopes: ['numbers:read'],
  };
  const form = useForm({ resolver: zodResolver(apiKeyCreateSchema), defaultValues: { name, scopes: may } });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name', 'scopes'],
    send: (body) => add.mutateAsync({ body: { ...body, expires_at: expiryOf(lifetime) }, receive: setKey }),
  });
  const { errors, isDirty } = form.formState;
  const end = expiryOf(lifetime, useNow());
  if (key !== null) return <KeyShown value={key} onClose={onClose} />;
  return (
    <FormDialog
      title={replaces ? `Replace ${replaces.name}` : 'Add API key'}
      about={replaces ? 'Give the new key to whatever uses the old one, then revoke the old one.' : undefined}
      verb="Add API key"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <Field
        label="Name"
        hint="What will use it, for example the nightly import."
        error={errors.name?.message}
      >
        {(control) => <Input autoComplete="off" {...control} {...form.register('name')} />}
      </Field>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <fieldset className="grid gap-1.5" aria-describedby={errors.scopes && 'scopes-error'}>
            <legend className="mb-1.5 text-ink-2">May</legend>
            {scopes.map((scope, place) => (
              <label key={scope} className="flex min-h-6 cursor-pointer items-center gap-2.5">
                <Checkbox
                  ref={place === 0 ? field.ref : undefined}
                  checked={field.value.includes(scope)}
                  onCheckedChange={() => field.onChange(toggled(field.value, scope))}
                />
                {scopeMeanings[scope]}
                <code className="ml-auto font-mono text-xs text-ink-3">{scope}</code>
              </label>
            ))}
            {errors.scopes && (
              <p id="scopes-error" role="alert" className="text-xs text-harm">
                {errors.scopes.message}
              </p>
            )}
          </fieldset>
        )}
      />
      <div className="grid justify-items-start gap-1.5">
        <span className="text-ink-2">Expires after</span>
        <Choice
          name="lifetime"
          label="Expires after"
          options={lifetimes}
          names={lifetimeNames}
          chosen={lifetime}
          onChoose={setLifetime}
        />
        <span className="text-xs text-ink-3">
          {end === null ? 'It does not end.' : `It ends on ${calendarDate(end, 0)}, by your clock.`}
        </span>
      </div>
    </FormDialog>
  );
};
