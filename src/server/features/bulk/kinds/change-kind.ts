import { WHOLE_PLAN, type HeldSecrets, type Secrets } from '#server/features/credentials/held-secrets.ts';
import { columnsJudged, type KnownJudgements } from '#server/features/phone-numbers/acts/judge-alike.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { reasonOf, type Kind, type Verdict } from '#server/features/bulk/rows/kind.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import type { Patch, StoredChange } from '#server/features/bulk/rows/stored-change.ts';
import { patchFor, replacementFor } from './patch-of.ts';
import { numberOf, resultsOf } from './results.ts';
import { createSelect } from './select-numbers.ts';

/** What is asked of one number. */
const patchToMake = (
  { kind, patch, replace_agent: replaced }: StoredChange,
  secrets: Secrets,
): ((row: PhoneNumberRow) => Patch) => {
  const now = Date.now();
  if (kind === 'replace_agent' && replaced !== null)
    return (row) => replacementFor(row, replaced.from, replaced.to, now);
  const whole = { ...patch, ...secrets };
  return (row) => patchFor(row, whole);
};

type Acts = Pick<
  PhoneNumbersService,
  'pinPhoneNumbers' | 'judgePhoneNumbers' | 'judgeAlike' | 'changePhoneNumbers'
>;

const replacedFields = ['inbound_agent_id', 'outbound_agent_id', 'routing', 'temporary_reassignment'];
// Their own numbers count where they are new: whom a number forwards to is judged with it.
const routingFields = ['routing', 'call_handling'];

/** By which columns numbers are alike to this change; null where each is judged by itself. */
const columnsOf = ({ kind, fields }: StoredChange): string[] | null => {
  if (kind === 'replace_agent') return columnsJudged(replacedFields);
  return kind !== 'patch' || fields.some((name) => routingFields.includes(name))
    ? null
    : columnsJudged(fields);
};

const MAX_PLANS = 8;

/** What was judged of each plan, of a few of them. */
const createMemory = () => {
  const plans = new Map<string, KnownJudgements>();
  return (planId: string): KnownJudgements => {
    const known = plans.get(planId) ?? new Map();
    plans.delete(planId);
    plans.set(planId, known);
    for (const old of plans.keys()) if (plans.size > MAX_PLANS) plans.delete(old);
    return known;
  };
};

/** Patches, agents put in others' places, and credentials set. */
export const createChangeKind = (phoneNumbers: Acts, held: HeldSecrets, pieceRows: number): Kind => {
  const patchOf = async (tx: Transaction, { id, change }: PlanRow) => {
    const hasSecret = change.credential !== null || Object.keys(change.patch).length < change.fields.length;
    const secrets = hasSecret ? (await held.open(tx, id, [WHOLE_PLAN])).get(WHOLE_PLAN) : undefined;
    return patchToMake(change, secrets ?? {});
  };
  const knownOf = createMemory();
  return {
    select: createSelect(phoneNumbers, pieceRows),
    async judge(tx, context, plan, rows) {
      const patch = await patchOf(tx, plan);
      const changes = rows.map((row) => ({ ...numberOf(row), patch }));
      const columns = columnsOf(plan.change);
      const judged =
        columns === null
          ? await phoneNumbers.judgePhoneNumbers(tx, context, changes)
          : await phoneNumbers.judgeAlike(tx, context, changes, { columns, known: knownOf(plan.id) });
      return judged.map(({ changes, problem }): Verdict => {
        if (problem !== null) return { planned: 'refused', reason: reasonOf(problem) };
        return Object.keys(changes).length === 0 ? { planned: 'unchanged' } : { planned: 'changed', changes };
      });
    },
    async act(tx, context, plan, rows) {
      const patch = await patchOf(tx, plan);
      const changes = rows.map((row) => ({ ...numberOf(row), patch }));
      return resultsOf(rows, await phoneNumbers.changePhoneNumbers(tx, context, changes));
    },
  };
};
