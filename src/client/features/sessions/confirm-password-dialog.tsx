import { useState, type FormEvent } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { Field } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useConfirmPassword } from './acts.ts';
import { useMe } from './queries.ts';

/** The operator's own password, once more, before an act that needs a fresh sign-in. */
export const ConfirmPasswordDialog = ({ onAnswer }: { onAnswer: (isConfirmed: boolean) => void }) => {
  const { email } = useMe();
  const confirm = useConfirmPassword();
  const [password, setPassword] = useState('');
  const error = confirm.error && toApiError(confirm.error);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    confirm.mutate(password, {
      onSuccess: () => onAnswer(true),
      onSettled: () => confirm.isSuccess || setPassword(''),
    });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onAnswer(false)}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Confirm it is you</DialogTitle>
          <DialogDescription>
            It is more than ten minutes since you gave your password. Revealing a credential, and changing
            operators, API keys or limits, needs a fresh sign-in.
          </DialogDescription>
        </DialogHeader>
        <form onSubmit={onSubmit} className="grid gap-5">
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <Field label="Your password" error={error ? error.detail : undefined}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="outline" onClick={() => onAnswer(false)}>
              Cancel
            </Button>
            <Button type="submit" isBusy={confirm.isPending}>
              Continue
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
};
