import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { passwordChangeSchema } from '#contract/sessions.ts';
import { Field, FormError } from '#client/components/form/field.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { useChangePassword } from './acts.ts';
import { useMe } from './queries.ts';

export const PasswordForm = () => {
  const { email } = useMe();
  const change = useChangePassword();
  const form = useForm({
    resolver: zodResolver(passwordChangeSchema),
    defaultValues: { current_password: '', new_password: '' },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['current_password', 'new_password'],
    byCode: { invalid_credentials: 'current_password' },
    send: async (body) => {
      await change.mutateAsync(body);
      form.reset();
      toast({ message: 'Password changed. Every other session has ended.' });
    },
  });
  const { errors } = form.formState;
  return (
    <form noValidate className="grid max-w-80 gap-4" onSubmit={onSubmit}>
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label="Current password" error={errors.current_password?.message}>
        {(control) => (
          <PasswordInput
            autoComplete="current-password"
            {...control}
            {...form.register('current_password')}
          />
        )}
      </Field>
      <Field label="New password" hint="At least 12 characters." error={errors.new_password?.message}>
        {(control) => (
          <PasswordInput autoComplete="new-password" {...control} {...form.register('new_password')} />
        )}
      </Field>
      <FormError messages={messages} />
      <Button type="submit" variant="outline" className="justify-self-start" isBusy={isSubmitting}>
        Change password
      </Button>
    </form>
  );
};
