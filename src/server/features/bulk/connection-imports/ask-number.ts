import type { AuditChange } from '#contract/audit-events.ts';
import type { ConnectionImportFinding } from '#contract/bulk/connection-imports.ts';
import type { FieldError } from '#contract/errors.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Problem } from '#server/problem.ts';
import type { Reason, Verdict } from '#server/features/bulk/rows/kind.ts';
import { additionOf, takingOf } from './addition.ts';
import { agentFields, differencesOf, differingFields } from './compare.ts';
import type { RowAct } from './finding-store.ts';
import { isWaiting, linkOf, whyElsewhere, whyOther } from './standing.ts';
import type { AtHand, NumberAtHand } from './take-up.ts';

/** What was found of a number, and what a run makes of it. */
export interface Opinion {
  finding: ConnectionImportFinding;
  differences: Record<string, AuditChange>;
  act: RowAct | null;
  verdict: Verdict;
}

export type Asked = { number: NumberAtHand; opinion: Opinion } & (
  | { isAsked: false }
  | ({ isAsked: 'add' } & PhoneNumberAddition)
  | { isAsked: 'change'; id: string; patch: Record<string, unknown> }
);

export const unusable = (reason: Reason): Opinion => ({
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
export const reasonOfProblem = ({ code, message, extra }: Problem): Reason =>
  extra.errors === undefined ? { code, message } : reasonOfErrors(extra.errors);

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

/** What a number is here, and what is to be asked of the acts before that is said. */
export const askNumber = (number: NumberAtHand, atHand: AtHand, role: string): Asked => {
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
