import { useEffect, useState, type FormEvent } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { signInHref } from '#client/api/query-client.ts';
import { isSignedInElsewhere, type Operator } from '#client/api/sign-in-again.ts';
import { Field } from '#client/components/form/field.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { useSignInAgain } from './acts.ts';

/** The session ended while the operator was at work: what is on the screen stays, and goes on afterwards. */
export const SignInAgainDialog = ({ operator, onDone }: { operator: Operator; onDone: () => void }) => {
  const { email } = operator;
  const signIn = useSignInAgain(operator, onDone);
  const [password, setPassword] = useState('');
  const error = signIn.error && toApiError(signIn.error);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    signIn.mutate({ email, password }, { onError: () => setPassword('') });
  };
  // They may have signed in in another tab.
  useEffect(() => {
    const look = async () => {
      if (await isSignedInElsewhere()) onDone();
    };
    const onFocus = () => void look();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [onDone]);
  return (
    <Dialog open>
      <DialogContent showCloseButton={false}>
        <DialogHeader>
          <DialogTitle>Your session has ended</DialogTitle>
          <DialogDescription>
            Sign in as {email} to go on. What you typed is still here, and what waits is then done.
          </DialogDescription>
        </DialogHeader>
        <form onSubmit={onSubmit} className="grid gap-5">
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <Field label="Password" error={error?.detail}>
            {(control) => (
              <PasswordInput
                {...control}
                autoComplete="current-password"
                required
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="outline" onClick={() => location.assign(signInHref())}>
              Someone else
            </Button>
            <Button type="submit" isBusy={signIn.isPending}>
              Sign in
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
};
