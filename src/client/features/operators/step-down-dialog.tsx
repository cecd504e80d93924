import { useRef, useState } from 'react';
import type { ApiKeyOutcome } from '#contract/api-keys.ts';
import type { Role } from '#contract/access.ts';
import type { Operator } from '#contract/operators.ts';
import { toApiError } from '#client/api/api-error.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { useLiveKeysOf } from '#client/features/api-keys/queries.ts';
import { plural } from '#client/lib/words/format.ts';
import { mayLeave, useLeaveGuard } from '#client/lib/leave-guard.ts';
import { roleNames } from '#client/lib/words/role-names.ts';
import { toast } from '#client/lib/toast.ts';
import { KeyQuestions } from './key-questions.tsx';
import { useUpdateOperator } from './queries.ts';
import { useKeyAnswers } from './use-key-answers.ts';

export type StepDown = { is_disabled: true } | { role: Role };

const everyAnswer: ApiKeyOutcome[] = ['take_over', 'end'];

const wordsFor = ({ name }: Operator, change: StepDown) => {
  if ('is_disabled' in change) {
    return {
      title: `Disable ${name}?`,
      verb: 'Disable',
      done: `${name} disabled`,
      about:
        'Their sessions end at once and they cannot sign in. What they did stays on the record. You can enable them again.',
    };
  }
  const role = roleNames[change.role];
  return {
    title: `Make ${name} ${change.role === 'operator' ? 'an' : 'a'} ${role.toLowerCase()}?`,
    verb: 'Change role',
    done: `${name} is now ${role}`,
    about: 'It takes effect at once, also where they are signed in.',
  };
};

const keysDone = (answers: Record<string, ApiKeyOutcome>): string => {
  const ended = Object.values(answers).filter((answer) => answer === 'end').length;
  const taken = Object.values(answers).length - ended;
  return (
    (taken > 0 ? `, ${plural(taken, 'key')} taken over` : '') +
    (ended > 0 ? `, ${plural(ended, 'key')} ended` : '')
  );
};

interface Props {
  operator: Operator;
  change: StepDown;
  isSelf: boolean;
  onClose: () => void;
}

/**
 * Disabling an operator, or making an admin less: asks first, and of each of their API keys what becomes of
 * it.
 */
export const StepDownDialog = ({ operator, change, isSelf, onClose }: Props) => {
  const update = useUpdateOperator();
  const keys = useLiveKeysOf()(operator.operator_id);
  const { answers, onAnswer, toSend, openCount } = useKeyAnswers(keys);
  const [isJudged, setJudged] = useState(false);
  const questions = useRef<HTMLDivElement>(null);
  const release = useLeaveGuard(answers.size > 0, 'What you chose for the keys has not been saved.');
  const { title, verb, done, about } = wordsFor(operator, change);

  const run = async () => {
    if (openCount > 0) {
      setJudged(true);
      questions.current?.querySelector<HTMLInputElement>('[data-open] input')?.focus();
      throw new Error(
        `Choose what becomes of ${openCount === 1 ? 'the key' : `the ${openCount} keys`} without an answer.`,
      );
    }
    try {
      await update.mutateAsync({
        operator_id: operator.operator_id,
        body: { ...change, ...(keys.length > 0 && { api_keys: toSend }) },
      });
    } catch (thrown) {
      const { code, errors } = toApiError(thrown);
      if (code !== 'api_keys_unanswered' && !errors.some(({ pointer }) => pointer.startsWith('/api_keys/')))
        throw thrown;
      throw new Error(
        'Nothing was changed: their keys are others than they were. Look through them once more; what you chose is kept.',
      );
    }
    release();
    toast({ message: done + keysDone(toSend) });
  };
  return (
    <ConfirmDialog
      title={title}
      verb={verb}
      isHarm={'is_disabled' in change || keys.length > 0}
      run={run}
      onClose={() => void mayLeave().then((isYes) => isYes && onClose())}
      questions={
        keys.length > 0 && (
          <div ref={questions}>
            <KeyQuestions
              options={isSelf ? ['end'] : everyAnswer}
              {...{ keys, answers, onAnswer, isJudged }}
            />
          </div>
        )
      }
    >
      <div className="grid gap-2">
        <p>{about}</p>
        {keys.length > 0 && (
          <p>
            {isSelf
              ? 'Only an admin can have API keys, so yours end with this. To keep one, let another admin change your role and take it over.'
              : `Only an admin can have API keys, and they have ${plural(keys.length, 'live one')}. Take a key over, and it goes on as yours; end it, and whatever uses it is refused at once.`}
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
};
