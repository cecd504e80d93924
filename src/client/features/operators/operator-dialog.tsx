import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { roles } from '#contract/access.ts';
import { operatorCreateSchema, type OperatorCreate } from '#contract/operators.ts';
import { Field } from '#client/components/form/field.tsx';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Radio } from '#client/components/radio.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { roleMeanings, roleNames } from '#client/lib/words/role-names.ts';
import { toast } from '#client/lib/toast.ts';
import { generatePassword } from './generate-password.ts';
import { useAddOperator } from './queries.ts';

const blank: OperatorCreate = { name: '', email: '', role: 'operator', password: '' };

export const OperatorDialog = ({ onClose }: { onClose: () => void }) => {
  const add = useAddOperator();
  const form = useForm({ resolver: zodResolver(operatorCreateSchema), defaultValues: blank });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name', 'email', 'role', 'password'],
    byCode: { email_taken: 'email' },
    send: async (body) => {
      const { name } = await add.mutateAsync(body);
      onClose();
      toast({ message: `${name} added` });
    },
  });
  const { errors, isDirty } = form.formState;
  const fill = () => {
    const password = generatePassword();
    form.setValue('password', password, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
    navigator.clipboard.writeText(password).then(
      () => toast({ message: 'Password made and copied' }),
      () => toast({ message: 'Password made. Show it to copy it.' }),
    );
  };
  return (
    <FormDialog
      title="Add operator"
      verb="Add operator"
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input autoComplete="off" {...control} {...form.register('name')} />}
      </Field>
      <Field label="E-mail" hint="They sign in with it." error={errors.email?.message}>
        {(control) => <Input type="email" autoComplete="off" {...control} {...form.register('email')} />}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-ink-2">Role</legend>
        {roles.map((role) => (
          <label key={role} className="flex cursor-pointer gap-2.5">
            <Radio value={role} className="mt-0.5" {...form.register('role')} />
            <span>
              {roleNames[role]} <span className="text-ink-3">{roleMeanings[role]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        label="First password"
        hint="At least 12 characters. Hand it over safely; they can change it."
        error={errors.password?.message}
      >
        {(control) => (
          <PasswordInput autoComplete="new-password" {...control} {...form.register('password')} />
        )}
      </Field>
      <Button variant="outline" size="sm" className="-mt-2 justify-self-start" onClick={fill}>
        Make a password
      </Button>
    </FormDialog>
  );
};
