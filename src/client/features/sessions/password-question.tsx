import { useState, type FormEvent, type ReactNode } from 'react';
import type { UseMutationResult } from '@tanstack/react-query';
import { toApiError } from '#client/api/api-error.ts';
import { Field } from '#client/components/form/field.tsx';
import { PasswordInput } from '#client/components/form/password-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';

interface Props {
  title: string;
  /** Why it is asked. */
  children: ReactNode;
  /** Whose password it is, for password managers. */
  email: string;
  verb: string;
  /** Sends the password; what was refused is emptied, and said. */
  act: UseMutationResult<unknown, Error, string>;
  /** The way out without a password. */
  other: { verb: string; run: () => void };
  showCloseButton?: boolean;
}

/** What a dialog holds that asks for the operator's password. */
export const PasswordQuestion = ({
  title,
  children,
  email,
  verb,
  act,
  other,
  showCloseButton = true,
}: Props) => {
  const [password, setPassword] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    act.mutate(password, { onError: () => setPassword('') });
  };
  return (
    <DialogContent showCloseButton={showCloseButton}>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{children}</DialogDescription>
      </DialogHeader>
      <form onSubmit={onSubmit} className="grid gap-5">
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label="Your password" error={act.error ? toApiError(act.error).detail : undefined}>
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
          <Button variant="outline" onClick={other.run}>
            {other.verb}
          </Button>
          <Button type="submit" isBusy={act.isPending}>
            {verb}
          </Button>
        </DialogFooter>
      </form>
    </DialogContent>
  );
};
