import { lookOf } from '#contract/reading/text.ts';
import { addNamedAgents, findNamedAgents } from '#server/features/agents/named-agents.ts';
import {
  additionOf,
  createAgentFinder,
  patchOf,
  type FindAgent,
} from '#server/features/imports/reading/judge-row.ts';
import type { CellError } from '#server/features/imports/reading/row.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { reasonOf, type Kind, type Reason, type Result } from '#server/features/bulk/rows/kind.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import { additionAsJudged } from './given-row.ts';
import { optionsOf } from './import-options.ts';
import { mayAddAgents, namesIn, withoutNewAgents } from './new-agents.ts';
import { inTasks, onSome, type RowAtHand, type TakeUp } from './take-up.ts';

const conflicts: ReadonlyMap<string, Reason> = new Map(
  Object.entries({
    phone_number_taken: 'Somebody else added it after the preview; it was left as it is.',
    version_conflict: 'Somebody else changed it after the preview; it was left as it is.',
    not_found: 'Somebody else deleted it after the preview; it was not added again.',
  }).map(([code, message]) => [code, { code, message }]),
);

const resultOfProblem = (problem: Problem): Result => {
  const conflict = conflicts.get(problem.code);
  return conflict === undefined
    ? { outcome: 'refused', reason: reasonOf(problem) }
    : { outcome: 'conflict', reason: conflict };
};

const resultOf = ({ version }: BulkRow, outcome: Outcome | undefined): Result => {
  if (outcome === undefined) throw new Error('Each row has an outcome');
  const { row, problem } = outcome;
  if (problem !== null) return resultOfProblem(problem);
  if (row.version === version) return { outcome: 'unchanged' };
  return { outcome: version === null ? 'created' : 'changed', made: { id: row.id, version: row.version } };
};

const refused = ([first]: readonly CellError[]): Result => ({
  outcome: 'refused',
  reason: { code: first?.code ?? 'invalid', message: first?.message ?? '' },
});

type Asked = { given: RowAtHand } & (
  | { result: Result }
  | PhoneNumberAddition
  | { id: string; version: number; patch: Record<string, unknown> }
);

const ask = (given: RowAtHand, findAgent: FindAgent): Asked => {
  const { row, reading, stored } = given;
  const { phone_number_id: id, version } = row;
  if (id === null || version === null) {
    const addition = additionOf(reading, findAgent);
    return 'errors' in addition
      ? { given, result: refused(addition.errors) }
      : { given, ...additionAsJudged(reading, addition.body) };
  }
  // What was not planned is not judged by what it is now: the act tells that it changed.
  if (stored?._id !== id || stored.version !== version) return { given, id, version, patch: {} };
  const change = patchOf(reading, stored, findAgent);
  return 'errors' in change
    ? { given, result: refused(change.errors) }
    : { given, id, version, patch: change.patch };
};

type Acts = Pick<
  PhoneNumbersService,
  'addPhoneNumbers' | 'changePhoneNumbers' | 'judgeAdditions' | 'judgePhoneNumbers'
>;

interface Agents {
  findAgent: FindAgent;
  /** What becomes of rows that name an agent that is not there, and will not be imported. */
  left: ReadonlyMap<RowAtHand, Result>;
}

/**
 * The agents that these rows name. Those that are not there are added where a row that names them is going to
 * be imported: for one that was refused or left alone nobody wants an agent.
 */
const findAgents = async (
  tx: Transaction,
  context: RequestContext,
  plan: PlanRow,
  all: readonly RowAtHand[],
  acts: Acts,
): Promise<Agents> => {
  const names = namesIn(all);
  const findAgent = createAgentFinder(await findNamedAgents(tx, names));
  const left = new Map<RowAtHand, Result>();
  const isAdding = optionsOf(plan).options.unknown_agents === 'create' && mayAddAgents(context.actor);
  if (!isAdding || names.every((name) => findAgent(name) !== undefined)) return { findAgent, left };

  const without = await inTasks(all, (given) => {
    const { reading, newAgents } = withoutNewAgents(given.reading, findAgent);
    return { given, newAgents: Object.values(newAgents), asked: ask({ ...given, reading }, findAgent) };
  });
  // All of them, for what becomes of one may hang on the others.
  const asked = without.map((one) => one.asked);
  const additions = asked.filter((one) => 'body' in one);
  const changes = asked.filter((one) => 'patch' in one);
  const added = await onSome(additions, (some) => acts.judgeAdditions(tx, context, some));
  const changed = await onSome(changes, (some) => acts.judgePhoneNumbers(tx, context, some));
  const problems = new Map<Asked, Problem | null | undefined>([
    ...additions.map((one, at) => [one, added[at]?.problem] as const),
    ...changes.map((one, at) => [one, changed[at]?.problem] as const),
  ]);
  const wanted = new Set<string>();
  for (const { given, newAgents, asked: one } of without) {
    if (newAgents.length === 0) continue;
    const problem = problems.get(one) ?? null;
    if ('result' in one) left.set(given, one.result);
    else if (problem !== null) left.set(given, resultOfProblem(problem));
    else newAgents.forEach((name) => wanted.add(lookOf(name)));
  }
  if (wanted.size === 0) return { findAgent, left };
  // Written in several ways it is called as the first row says, be that one imported or not: so it was shown.
  const shown = without.flatMap(({ newAgents }) => newAgents);
  await addNamedAgents(
    tx,
    context,
    shown.filter((name) => wanted.has(lookOf(name))),
  );
  return { findAgent: createAgentFinder(await findNamedAgents(tx, names)), left };
};

/** Adds the numbers of rows, and changes those that are there to what their rows say. */
export const createRunRows =
  (phoneNumbers: Acts, takeUp: TakeUp): Kind['act'] =>
  async (tx, context, plan, rows) => {
    const all = await takeUp(tx, context, plan, rows);
    const { findAgent, left } = await findAgents(tx, context, plan, all, phoneNumbers);
    const asked = await inTasks(all, (given): Asked => {
      const result = left.get(given);
      return result === undefined ? ask(given, findAgent) : { given, result };
    });
    const results = new Map<Asked, Result>();
    const take = <A extends Asked>(some: readonly A[], outcomes: readonly Outcome[]) =>
      some.forEach((one, at) => results.set(one, resultOf(one.given.row, outcomes[at])));

    const additions = asked.filter((one) => 'body' in one);
    take(additions, await onSome(additions, (some) => phoneNumbers.addPhoneNumbers(tx, context, some)));
    const changes = asked.filter((one) => 'patch' in one);
    take(changes, await onSome(changes, (some) => phoneNumbers.changePhoneNumbers(tx, context, some)));
    return asked.map((one) => ('result' in one ? one.result : (results.get(one) ?? refused([]))));
  };
