import type { AuditChange } from '#contract/audit-events.ts';
import type { ConnectionImportFinding } from '#contract/bulk/connection-imports.ts';
import type { FieldError } from '#contract/errors.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { Judgement } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Problem } from '#server/problem.ts';
import { inTasks, onSome } from '#server/features/bulk/imports/take-up.ts';
import type { Kind, Reason, Verdict } from '#server/features/bulk/rows/kind.ts';
import { additionOf, takingOf } from './addition.ts';
import { agentFields, differencesOf, differingFields, secretDiffers } from './compare.ts';
import { saveFindings, type RowAct } from './finding-store.ts';
import { isWaiting, linkOf, whyElsewhere, whyOther } from './standing.ts';
import type { AtHand, NumberAtHand, TakeUp } from './take-up.ts';

/** What was found of a number, and what a run makes of it. */
interface Opinion {
  finding: ConnectionImportFinding;
  differences: Record<string, AuditChange>;
  act: RowAct | null;
  verdict: Verdict;
}

type Asked = { number: NumberAtHand; opinion: Opinion } & (
  | { isAsked: false }
  | ({ isAsked: 'add' } & PhoneNumberAddition)
  | { isAsked: 'change'; id: string; patch: Record<string, unknown> }
);

const unusable = (reason: Reason): Opinion => ({
  finding: 'unusable',
  differences: {},
  act: null,
  verdict: { planned: 'refused', reason },
});

/** In the words of the first thing that is wrong, with the name of its field. */
export const reasonOfErrors = (errors: readonly FieldError[]): Reason => {
  const [first] = errors;
  if (first === undefined) return { code: 'invalid', message: 'It cannot be kept here.' };
  const { pointer, code, message } = first;
  const [name = ''] = partsOfPointer(pointer);
  return { code, message: isFieldName(name) ? `${fieldOf(name).label}: ${message}` : message };
};
const reasonOfProblem = ({ code, message, extra }: Problem): Reason =>
  extra.errors === undefined ? { code, message } : reasonOfErrors(extra.errors);

const hide = (changes: Readonly<Record<string, AuditChange>>): Record<string, AuditChange> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, 'secret' in change ? secretDiffers : change]),
  );

const askNew = (number: NumberAtHand, atHand: AtHand): Asked => {
  const addition = additionOf(number.theirs, atHand.agentHere, number.secrets);
  if ('errors' in addition)
    return { number, isAsked: false, opinion: unusable(reasonOfErrors(addition.errors)) };
  const isAdding = atHand.choices.new === 'add';
  const coming = agentFields.filter((name) => {
    const id = number.theirs.fields[name];
    return id && atHand.agentHere(id) === undefined && atHand.comingAgent(id) !== undefined;
  });
  const opinion: Opinion = {
    finding: 'new',
    differences: differencesOf(null, number.theirs, coming, atHand.nameAgent),
    act: isAdding ? 'add' : null,
    verdict: { planned: isAdding ? 'created' : 'skipped' },
  };
  return { number, isAsked: 'add', opinion, ...addition };
};

const askKnown = (number: NumberAtHand, stored: PhoneNumberRow, atHand: AtHand, role: string): Asked => {
  const found = { id: stored.id, version: stored.version };
  const isLinked = linkOf(number, role) !== undefined;
  const link = (finding: 'same' | 'different', differences: Opinion['differences'] = {}): Asked => ({
    number,
    isAsked: false,
    opinion: {
      finding,
      differences,
      act: isLinked ? null : 'link',
      verdict: { planned: isLinked ? 'unchanged' : 'changed', found },
    },
  });
  const differing = differingFields(stored, number.theirs, atHand.agentHere);
  if (differing.length === 0) return link('same');
  const differences = differencesOf(stored, number.theirs, differing, atHand.nameAgent);
  const leave = (reason?: Reason): Asked => ({
    number,
    isAsked: false,
    opinion: { finding: 'different', differences, act: null, verdict: { planned: 'skipped', reason, found } },
  });
  const { different } = atHand.choices;
  if (different === 'leave') return leave();
  if (different === 'keep_mine') return link('different', differences);
  if (isWaiting(number, role))
    return leave({
      code: 'change_waiting',
      message: 'What was changed here has not reached the platform yet. Settle that first.',
    });
  const patch = takingOf(number.theirs, differing, atHand.agentHere, number.secrets);
  const isComing = differing.some(
    (name) =>
      agentFields.includes(name) && atHand.comingAgent(number.theirs.fields[name] ?? '') !== undefined,
  );
  if (Object.keys(patch).length === 0 && !isComing) return link('different', differences);
  const verdict: Verdict = { planned: 'changed', found, changes: differences };
  const opinion: Opinion = { finding: 'different', differences, act: 'change', verdict };
  return { number, isAsked: 'change', opinion, id: stored.id, patch };
};

const ask = (number: NumberAtHand, atHand: AtHand, role: string): Asked => {
  const elsewhere = whyElsewhere(number, atHand, role);
  if (elsewhere !== null) {
    const verdict: Verdict = { planned: 'skipped', reason: elsewhere };
    return {
      number,
      isAsked: false,
      opinion: { finding: 'elsewhere', differences: {}, act: null, verdict },
    };
  }
  const other = whyOther(number);
  if (other !== null) return { number, isAsked: false, opinion: unusable(other) };
  const { stored } = number;
  return stored === undefined ? askNew(number, atHand) : askKnown(number, stored, atHand, role);
};

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
    const asked = await inTasks(atHand.numbers, (number) => ask(number, atHand, role));
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
