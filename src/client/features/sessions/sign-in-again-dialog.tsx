import { useEffect } from 'react';
import { signInHref } from '#client/api/query-client.ts';
import { isSignedInElsewhere, type Operator } from '#client/api/sign-in-again.ts';
import { Dialog } from '#client/components/ui/dialog.tsx';
import { useSignInAgain } from './acts.ts';
import { PasswordQuestion } from './password-question.tsx';

/** The session ended while the operator was at work: what is on the screen stays, and goes on afterwards. */
export const SignInAgainDialog = ({ operator, onDone }: { operator: Operator; onDone: () => void }) => {
  const signIn = useSignInAgain(operator, onDone);
  // They may have signed in in another tab.
  useEffect(() => {
    const onFocus = () => void isSignedInElsewhere().then((isBack) => (isBack ? onDone() : undefined));
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [onDone]);
  return (
    <Dialog open>
      <PasswordQuestion
        title="Your session has ended"
        email={operator.email}
        verb="Sign in"
        act={signIn}
        other={{ verb: 'Someone else', run: () => location.assign(signInHref()) }}
        showCloseButton={false}
      >
        Sign in as {operator.email} to go on. What you typed is still here, and what waits is then done.
      </PasswordQuestion>
    </Dialog>
  );
};
