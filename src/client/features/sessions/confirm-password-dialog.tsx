import { Dialog } from '#client/components/ui/dialog.tsx';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { useConfirmPassword } from './acts.ts';
import { PasswordQuestion } from './password-question.tsx';
import { useMe } from './queries.ts';

/** The operator's own password, once more, before an act that needs a fresh sign-in. */
export const ConfirmPasswordDialog = ({ onAnswer }: { onAnswer: (isConfirmed: boolean) => void }) => {
  const confirm = useConfirmPassword(() => onAnswer(true));
  useBackCloses(() => onAnswer(false));
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onAnswer(false)}>
      <PasswordQuestion
        title="Confirm it is you"
        email={useMe().email}
        verb="Continue"
        act={confirm}
        other={{ verb: 'Cancel', run: () => onAnswer(false) }}
      >
        It is more than ten minutes since you gave your password. Revealing a credential, deleting a number
        for good, and changing operators, API keys or limits need a fresh sign-in.
      </PasswordQuestion>
    </Dialog>
  );
};
