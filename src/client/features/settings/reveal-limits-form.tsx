import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { settingsSchema, type Settings } from '#contract/settings.ts';
import { Field, FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { useUpdateSettings } from './queries.ts';

const { operator_reveals_per_hour, api_key_reveals_per_hour } = settingsSchema.shape;
const limitsSchema = z.object({ operator_reveals_per_hour, api_key_reveals_per_hour });
const asNumber = { valueAsNumber: true };

export const RevealLimitsForm = ({ settings }: { settings: Settings }) => {
  const update = useUpdateSettings();
  const form = useForm({
    resolver: zodResolver(limitsSchema),
    values: {
      operator_reveals_per_hour: settings.operator_reveals_per_hour,
      api_key_reveals_per_hour: settings.api_key_reveals_per_hour,
    },
    // Saved elsewhere meanwhile: what is being typed stays.
    resetOptions: { keepDirtyValues: true },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['operator_reveals_per_hour', 'api_key_reveals_per_hour'],
    send: async (body) => {
      await update.mutateAsync({ version: settings.version, body });
      toast({ message: 'Limits saved' });
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <form noValidate className="grid max-w-80 gap-4" onSubmit={onSubmit}>
      <Field label="An operator, an hour" error={errors.operator_reveals_per_hour?.message}>
        {(control) => (
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            {...control}
            {...form.register('operator_reveals_per_hour', asNumber)}
          />
        )}
      </Field>
      <Field label="An API key, an hour" error={errors.api_key_reveals_per_hour?.message}>
        {(control) => (
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            {...control}
            {...form.register('api_key_reveals_per_hour', asNumber)}
          />
        )}
      </Field>
      <FormError messages={messages} />
      <Button
        type="submit"
        variant="outline"
        className="justify-self-start"
        disabled={!isDirty}
        isBusy={isSubmitting}
      >
        Save limits
      </Button>
    </form>
  );
};
