import type { AuditChange } from '#contract/audit-events.ts';
import type { Judgement } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { inTasks, onSome } from '#server/features/bulk/imports/take-up.ts';
import type { Kind } from '#server/features/bulk/rows/kind.ts';
import { askNumber, reasonOfProblem, unusable, type Asked, type Opinion } from './ask-number.ts';
import { secretDiffers } from './compare.ts';
import { saveFindings } from './finding-store.ts';
import type { TakeUp } from './take-up.ts';

const hide = (changes: Readonly<Record<string, AuditChange>>): Record<string, AuditChange> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, 'secret' in change ? secretDiffers : change]),
  );

const withJudgement = ({ opinion }: Asked, judgement: Judgement | undefined): Opinion => {
  if (judgement === undefined) throw new Error('Each number is judged');
  if (judgement.problem !== null) return unusable(reasonOfProblem(judgement.problem));
  if (opinion.finding !== 'new') return opinion;
  const differences = { ...hide(judgement.changes), ...opinion.differences };
  return { ...opinion, differences, verdict: { ...opinion.verdict, changes: differences } };
};

type Acts = Pick<PhoneNumbersService, 'judgeAdditions' | 'judgePhoneNumbers'>;

/** What each number of an account is here, and what would become of it, by the rules that the run will ask. */
export const createJudgeRows =
  (phoneNumbers: Acts, takeUp: TakeUp): Kind['judge'] =>
  async (tx, context, plan, rows) => {
    const atHand = await takeUp(tx, plan, rows);
    const { role } = atHand;
    const asked = await inTasks(atHand.numbers, (number) => askNumber(number, atHand, role));
    const opinions = new Map<Asked, Opinion>(asked.map((one) => [one, one.opinion]));
    const take = (some: readonly Asked[], judged: readonly Judgement[]) =>
      some.forEach((one, at) => opinions.set(one, withJudgement(one, judged[at])));

    const additions = asked.filter((one) => one.isAsked === 'add');
    take(additions, await onSome(additions, (some) => phoneNumbers.judgeAdditions(tx, context, some)));
    const changes = asked.filter((one) => one.isAsked === 'change');
    take(
      changes,
      await onSome(changes, (some) =>
        phoneNumbers.judgePhoneNumbers(
          tx,
          context,
          some.map(({ id, patch }) => ({ id, version: null, patch })),
        ),
      ),
    );
    const found = asked.map((one) => ({
      place: one.number.row.place,
      ...(opinions.get(one) ?? one.opinion),
    }));
    await saveFindings(
      tx,
      plan.id,
      found.map(({ place, finding, differences, act }) => ({ place, finding, differences, act })),
    );
    return found.map(({ verdict }) => verdict);
  };
