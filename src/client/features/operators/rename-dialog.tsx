import { useForm } from 'react-hook-form';
import { operatorUpdateSchema, type Operator } from '#contract/operators.ts';
import { Field } from '#client/components/form/field.tsx';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { resolveOver } from '#client/components/form/resolve-over.ts';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { useUpdateOperator } from './queries.ts';

export const RenameDialog = ({ operator, onClose }: { operator: Operator; onClose: () => void }) => {
  const update = useUpdateOperator();
  const form = useForm({
    resolver: resolveOver(operatorUpdateSchema, { name: operator.name }),
    defaultValues: { name: operator.name },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name'],
    send: async (body) => {
      const { name } = await update.mutateAsync({ operator_id: operator.operator_id, body });
      onClose();
      toast({ message: `${name} saved` });
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      title="Rename operator"
      verb="Save"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input autoComplete="off" {...control} {...form.register('name')} />}
      </Field>
    </FormDialog>
  );
};
