import { Controller, useForm } from 'react-hook-form';
import { MAX_VIEW_NAME, viewNameSchema } from '#contract/views.ts';
import { z } from 'zod';
import { Field } from '#client/components/form/field.tsx';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { resolveOver } from '#client/components/form/resolve-over.ts';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useMay } from '#client/features/sessions/queries.ts';

const valuesSchema = z.strictObject({ name: viewNameSchema, pinned: z.boolean(), shared: z.boolean() });
export type ViewValues = z.infer<typeof valuesSchema>;

interface Props {
  title: string;
  verb: string;
  initial: ViewValues;
  /** Stores it; what it throws is shown at its field. */
  send: (values: ViewValues) => Promise<void>;
  onClose: () => void;
}

/** What a view is called, and who sees it where. */
export const ViewDialog = ({ title, verb, initial, send, onClose }: Props) => {
  const mayShare = useMay('operator');
  const form = useForm<ViewValues>({ resolver: resolveOver(valuesSchema, initial), defaultValues: initial });
  const { onSubmit, isSubmitting, messages } = useSubmit({ form, fields: ['name'], send });
  const { errors, isDirty } = form.formState;
  const choice = (name: 'pinned' | 'shared', label: string, hint: string) => (
    <label className="grid grid-cols-[auto_1fr] items-center gap-x-3">
      <Controller
        control={form.control}
        name={name}
        render={({ field: { value, onChange, ref } }) => (
          <Checkbox ref={ref} checked={value} onCheckedChange={(checked) => onChange(checked === true)} />
        )}
      />
      {label}
      <span className="col-start-2 text-xs text-ink-3">{hint}</span>
    </label>
  );
  return (
    <FormDialog title={title} verb={verb} {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}>
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <Input
            autoComplete="off"
            dir="auto"
            maxLength={4 * MAX_VIEW_NAME}
            placeholder="Unassigned in Bangladesh"
            {...control}
            {...form.register('name')}
          />
        )}
      </Field>
      <div className="grid gap-2.5">
        {choice('pinned', 'In the navigation', 'With how many numbers it shows.')}
        {mayShare && choice('shared', 'Shared', 'Everybody sees it; you and admins change it.')}
      </div>
    </FormDialog>
  );
};
