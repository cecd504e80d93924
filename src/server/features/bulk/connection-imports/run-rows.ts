import type { Opening } from '#server/features/connections/open-connection.ts';
import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { Problem } from '#server/problem.ts';
import { inTasks, onSome } from '#server/features/bulk/imports/take-up.ts';
import { reasonOf, type Kind, type Result } from '#server/features/bulk/rows/kind.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import { accountOf, askedOf } from '#server/features/bulk/connection-imports/reading/choices.ts';
import { additionOf, takingOf } from './addition.ts';
import { reasonOfErrors } from './ask-number.ts';
import { differingFields } from './compare.ts';
import { noteLinkedAlone, noteMadeLinks, selectActs, type RowAct } from './finding-store.ts';
import { saveLinks } from './link-store.ts';
import { linkStateOf } from './link-state.ts';
import { isWaiting, linkOf, whyElsewhere } from './standing.ts';
import type { AtHand, NumberAtHand, TakeUp } from './take-up.ts';

const SINCE = 'Somebody else changed it after the preview; it was left as it is.';
const conflict = (code: string, message = SINCE): Result => ({
  outcome: 'conflict',
  reason: { code, message },
});

const conflicts: ReadonlyMap<string, string> = new Map([
  ['phone_number_taken', 'Somebody else added it after the preview; it was left as it is.'],
  ['version_conflict', SINCE],
  ['not_found', 'Somebody else deleted it after the preview; it was not added again.'],
]);

const resultOfProblem = (problem: Problem): Result => {
  const message = conflicts.get(problem.code);
  return message === undefined
    ? { outcome: 'refused', reason: reasonOf(problem) }
    : conflict(problem.code, message);
};

type Asked = { number: NumberAtHand; act: RowAct } & (
  | { result: Result }
  | PhoneNumberAddition
  | { id: string; version: number; patch: Record<string, unknown> }
);

const ask = (number: NumberAtHand, act: RowAct, atHand: AtHand, role: string): Asked => {
  const { row, theirs, stored, secrets } = number;
  const elsewhere = whyElsewhere(number, atHand, role);
  if (elsewhere !== null) return { number, act, result: conflict(elsewhere.code, elsewhere.message) };
  const { phone_number_id: id, version } = row;
  if (act === 'add' || id === null || version === null) {
    const addition = additionOf(theirs, atHand.agentHere, secrets);
    if (!('errors' in addition)) return { number, act, ...addition };
    return { number, act, result: { outcome: 'refused', reason: reasonOfErrors(addition.errors) } };
  }
  // What is only linked is locked all the same, and must be as it was looked at.
  if (act === 'link' || stored?.id !== id || stored.version !== version)
    return { number, act, id, version, patch: {} };
  if (isWaiting(number, role)) return { number, act, result: conflict('change_waiting') };
  const differing = differingFields(stored, theirs, atHand.agentHere);
  return { number, act, id, version, patch: takingOf(theirs, differing, atHand.agentHere, secrets) };
};

type Acts = Pick<PhoneNumbersService, 'addPhoneNumbers' | 'changePhoneNumbers'>;

interface RunDependencies {
  phoneNumbers: Acts;
  takeUp: TakeUp;
  opening: Pick<Opening, 'leadsTo'>;
}

const ledElsewhere: Result = {
  outcome: 'refused',
  reason: {
    code: 'connection_changed',
    message:
      'The connection was removed, led elsewhere or given another key meanwhile. Look at what is there now, and import again.',
  },
};

/** Links what was made, as it was read. Those that have a link keep it. */
const link = async (
  tx: Transaction,
  plan: PlanRow,
  { connection_id, agentHere }: AtHand,
  role: string,
  made: readonly { number: NumberAtHand; row: PhoneNumberRow }[],
): Promise<void> => {
  await saveLinks(
    tx,
    connection_id,
    made.map(({ number: { theirs }, row }) => ({
      phone_number_id: row.id,
      role,
      connection_id,
      upstream_id: theirs.upstream_id,
      ...linkStateOf(row, theirs, differingFields(row, theirs, agentHere)),
      seen: theirs.fields,
      seen_marks: theirs.marks,
    })),
  );
  const isNew = made.filter(({ number }) => linkOf(number, role) === undefined);
  await noteMadeLinks(
    tx,
    plan.id,
    isNew.map(({ number: { row } }) => row.place),
  );
};

const resultOf = ({ act }: Asked, outcome: Outcome): Result => {
  if (outcome.problem !== null) return resultOfProblem(outcome.problem);
  const { id, version } = outcome.row;
  return { outcome: act === 'add' ? 'created' : 'changed', made: { id, version } };
};

/** Adds, changes and links numbers as the account has them. Nothing of it is sent back there. */
export const createRunRows =
  ({ phoneNumbers, takeUp, opening }: RunDependencies): Kind['act'] =>
  async (tx, given, plan, rows) => {
    // Before all else: whoever leads it elsewhere waits for this piece, and finds its links.
    if (!(await opening.leadsTo(tx, accountOf(askedOf(plan))))) return rows.map(() => ledElsewhere);
    const context = { ...given, isFromPlatform: true };
    const atHand = await takeUp(tx, plan, rows);
    const { role } = atHand;
    const acts = await selectActs(
      tx,
      plan.id,
      rows.map(({ place }) => place),
    );
    const asked = await inTasks(atHand.numbers, (number) =>
      ask(number, acts.get(number.row.place) ?? 'link', atHand, role),
    );
    const results = new Map<Asked, Result>();
    const made: { number: NumberAtHand; row: PhoneNumberRow; act: RowAct }[] = [];
    const take = (some: readonly Asked[], outcomes: readonly Outcome[]) =>
      some.forEach((one, at) => {
        const outcome = outcomes[at];
        if (outcome === undefined) throw new Error('Each number has an outcome');
        results.set(one, resultOf(one, outcome));
        if (outcome.row !== null) made.push({ number: one.number, act: one.act, row: outcome.row });
      });

    const additions = asked.filter((one) => 'body' in one);
    take(additions, await onSome(additions, (some) => phoneNumbers.addPhoneNumbers(tx, context, some)));
    const changes = asked.filter((one) => 'patch' in one);
    take(changes, await onSome(changes, (some) => phoneNumbers.changePhoneNumbers(tx, context, some)));
    await link(tx, plan, atHand, role, made);
    // An undo must not take back whatever made the version that they had already.
    const unchanged = made.filter(
      ({ act, number, row }) => act === 'change' && row.version === number.row.version,
    );
    await noteLinkedAlone(
      tx,
      plan.id,
      unchanged.map(({ number: { row } }) => row.place),
    );
    // The others were announced by what was done to them.
    const linked = made.filter(({ act }) => act === 'link');
    await announceChanges(
      tx,
      { subject: 'phone_number', change: 'updated' },
      linked.map(({ row }) => row),
    );
    return asked.map((one) =>
      'result' in one ? one.result : (results.get(one) ?? conflict('internal_error')),
    );
  };
