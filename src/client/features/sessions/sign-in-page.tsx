import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation, useSearch } from 'wouter';
import { signInSchema } from '#contract/sessions.ts';
import { Field, FormError } from '#client/components/form/field.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { Entrance } from './entrance.tsx';
import { nextPage } from './next-page.ts';
import { useSetUpState, useSignIn } from './acts.ts';

export const SignInPage = () => {
  const [, go] = useLocation();
  const search = useSearch();
  const setUp = useSetUpState();
  const signIn = useSignIn();
  const form = useForm({ resolver: zodResolver(signInSchema), defaultValues: { email: '', password: '' } });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['email', 'password'],
    send: async (values) => {
      await signIn.mutateAsync(values);
      go(nextPage(search), { replace: true });
    },
  });

  useEffect(() => form.setFocus('email'), [form]);

  if (setUp.data?.needed) {
    return (
      <Entrance
        title="Make the first admin"
        about="Nobody can sign in yet. Open the one-time link that the server printed in its terminal. Starting the server again prints a new one."
      />
    );
  }
  const { errors } = form.formState;
  return (
    <Entrance title="Sign in">
      <form noValidate className="grid gap-4" onSubmit={onSubmit}>
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input type="email" autoComplete="username" {...control} {...form.register('email')} />
          )}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => (
            <PasswordInput autoComplete="current-password" {...control} {...form.register('password')} />
          )}
        </Field>
        <FormError messages={messages} />
        <Button type="submit" isBusy={isSubmitting}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
};
