import type { AuditChange } from '#contract/audit-events.ts';
import type { FieldError } from '#contract/errors.ts';
import { findNamedAgents } from '#server/features/agents/named-agents.ts';
import {
  additionOf,
  cellErrorsOf,
  createAgentFinder,
  patchOf,
  type FindAgent,
} from '#server/features/imports/reading/judge-row.ts';
import type { CellError } from '#server/features/imports/reading/row.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { Judgement } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Problem } from '#server/problem.ts';
import type { Kind, Verdict } from '#server/features/bulk/rows/kind.ts';
import { additionAsJudged, errorsToKeep } from './given-row.ts';
import { optionsOf } from './import-options.ts';
import { noteNewAgents } from './import-store.ts';
import { mayAddAgents, namesIn, withoutNewAgents, type NewAgents } from './new-agents.ts';
import { inTasks, onSome, type RowAtHand, type TakeUp } from './take-up.ts';

const fieldErrorsOf = ({ code, message, extra }: Problem): readonly FieldError[] =>
  extra.errors ?? [{ pointer: '', code, message }];

const refusal = (errors: readonly CellError[]): Verdict => {
  const kept = errorsToKeep(errors);
  const [first] = kept;
  return {
    planned: 'refused',
    reason: { code: first?.code ?? 'invalid', message: first?.message ?? '' },
    errors: kept,
  };
};

const taken = ({ reading }: RowAtHand): Verdict =>
  refusal(
    cellErrorsOf(reading, [
      {
        pointer: '/phone_number',
        code: 'phone_number_taken',
        message:
          'The number is already there. Import with existing=update to change it, or existing=skip to leave it.',
      },
    ]),
  );

const foundOf = ({ stored }: RowAtHand) =>
  stored === undefined ? undefined : { id: stored._id, version: stored.version };

/** What is to be asked of the acts for a row, or what is known of it already. */
type Asked = { given: RowAtHand; newAgents: NewAgents } & (
  | { verdict: Verdict }
  | PhoneNumberAddition
  | { id: string; patch: Record<string, unknown> }
);

const ask = (
  given: RowAtHand,
  existing: 'refuse' | 'skip' | 'update',
  findAgent: FindAgent,
  isAdding: boolean,
): Asked => {
  const { stored } = given;
  if (stored !== undefined && existing === 'skip')
    return { given, newAgents: {}, verdict: { planned: 'skipped', found: foundOf(given) } };
  if (stored !== undefined && existing === 'refuse') return { given, newAgents: {}, verdict: taken(given) };
  const { reading, newAgents } = isAdding
    ? withoutNewAgents(given.reading, findAgent)
    : { reading: given.reading, newAgents: {} };
  if (stored === undefined) {
    const addition = additionOf(reading, findAgent);
    return 'errors' in addition
      ? { given, newAgents, verdict: refusal(addition.errors) }
      : { given, newAgents, ...additionAsJudged(reading, addition.body) };
  }
  const change = patchOf(reading, stored, findAgent);
  return 'errors' in change
    ? { given, newAgents, verdict: refusal(change.errors) }
    : { given, newAgents, id: stored._id, patch: change.patch };
};

const withAgents = (
  changes: Readonly<Record<string, AuditChange>>,
  { given: { stored }, newAgents }: Asked,
): Record<string, AuditChange> => ({
  ...changes,
  ...Object.fromEntries(
    Object.entries(newAgents).map(([field, name]) => [
      field,
      { before: stored?.[field as keyof NewAgents] ?? null, after: name },
    ]),
  ),
});

const verdictOf = (asked: Asked, judgement: Judgement | undefined): Verdict => {
  if (judgement === undefined) throw new Error('Each row is judged');
  if (judgement.problem !== null)
    return refusal(cellErrorsOf(asked.given.reading, fieldErrorsOf(judgement.problem)));
  const changes = withAgents(judgement.changes, asked);
  const found = foundOf(asked.given);
  if (found === undefined) return { planned: 'created', changes };
  return Object.keys(changes).length === 0
    ? { planned: 'unchanged', found }
    : { planned: 'changed', changes, found };
};

type Acts = Pick<PhoneNumbersService, 'judgeAdditions' | 'judgePhoneNumbers'>;

/**
 * What would become of rows, by the rules of the acts that the run will ask. Names of agents that would be
 * added are noted with the plan.
 */
export const createJudgeRows =
  (phoneNumbers: Acts, takeUp: TakeUp): Kind['judge'] =>
  async (tx, context, plan, rows) => {
    const { existing, unknown_agents: unknownAgents } = optionsOf(plan).options;
    const all = await takeUp(tx, context, plan, rows);
    const findAgent = createAgentFinder(await findNamedAgents(tx, namesIn(all)));
    const isAdding = unknownAgents === 'create' && mayAddAgents(context.actor);
    const asked = await inTasks(all, (given) => ask(given, existing, findAgent, isAdding));
    const verdicts = new Map<Asked, Verdict>();
    const take = <A extends Asked>(some: readonly A[], judged: readonly Judgement[]) =>
      some.forEach((one, at) => verdicts.set(one, verdictOf(one, judged[at])));

    const additions = asked.filter((one) => 'body' in one);
    take(additions, await onSome(additions, (some) => phoneNumbers.judgeAdditions(tx, context, some)));
    const changes = asked.filter((one) => 'patch' in one);
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
    const accepted = [...additions, ...changes].filter((one) => verdicts.get(one)?.planned !== 'refused');
    await noteNewAgents(
      tx,
      plan.id,
      accepted.flatMap(({ newAgents }) => Object.values(newAgents)),
    );
    return asked.map((one) => ('verdict' in one ? one.verdict : (verdicts.get(one) ?? refusal([]))));
  };
