import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useLocation } from 'wouter';
import { setUpSchema } from '#contract/sessions.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Field, FormError } from '#client/components/form/field.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Button, buttonVariants } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { Entrance } from './entrance.tsx';
import { useSetUp, useSetUpState } from './acts.ts';

const SetUpForm = ({ token }: { token: string }) => {
  const [, go] = useLocation();
  const setUp = useSetUp();
  const form = useForm({
    resolver: zodResolver(setUpSchema),
    defaultValues: { token, name: '', email: '', password: '' },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['name', 'email', 'password'],
    send: async (values) => {
      await setUp.mutateAsync(values);
      go('/numbers', { replace: true });
    },
  });
  useEffect(() => form.setFocus('name'), [form]);
  const { errors } = form.formState;
  return (
    <form noValidate className="grid gap-4" onSubmit={onSubmit}>
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input autoComplete="name" {...control} {...form.register('name')} />}
      </Field>
      <Field label="E-mail" hint="You sign in with it." error={errors.email?.message}>
        {(control) => <Input type="email" autoComplete="username" {...control} {...form.register('email')} />}
      </Field>
      <Field label="Password" hint="At least 12 characters." error={errors.password?.message}>
        {(control) => (
          <PasswordInput autoComplete="new-password" {...control} {...form.register('password')} />
        )}
      </Field>
      <FormError
        messages={
          errors.token === undefined ? messages : ['The link is not whole. Copy it from the terminal again.']
        }
      />
      <Button type="submit" isBusy={isSubmitting}>
        Make admin and sign in
      </Button>
    </form>
  );
};

/**
 * Opened from the link in the terminal. The token rides in the fragment, which browsers send to no server.
 */
export const SetUpPage = () => {
  const [token] = useState(() => location.hash.slice(1));
  const state = useSetUpState();
  if (state.isError) {
    return (
      <Entrance title="Set up Cordboard">
        <ErrorPanel error={state.error} onRetry={() => void state.refetch()} />
      </Entrance>
    );
  }
  if (state.isPending) return <Entrance title="Set up Cordboard" />;
  if (!state.data.needed) {
    return (
      <Entrance title="Already set up" about="The first admin exists, and the link has done its work.">
        <Link href="/sign-in" className={buttonVariants()}>
          Sign in
        </Link>
      </Entrance>
    );
  }
  if (token === '') {
    return (
      <Entrance
        title="The link is not whole"
        about="Copy it from the server’s terminal with everything after the # sign, and open it again."
      />
    );
  }
  return (
    <Entrance
      title="Make the first admin"
      about="Cordboard is running and empty. Whoever signs in here may add everyone else."
    >
      <SetUpForm token={token} />
    </Entrance>
  );
};
