import type { AuditChange } from '#contract/audit-events.ts';
import type { BulkExample } from '#contract/bulk/plans.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Pinned } from '#server/features/phone-numbers/list/pin.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Step } from '#server/platform/jobs/jobs.ts';
import type { Cipher } from '#server/platform/secrets/cipher.ts';
import type { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { actingFor, type ActorSources } from './acting-for.ts';
import { patchToMake } from './change-to-make.ts';
import {
  beginJudging,
  finishJudging,
  forgetPins,
  insertPins,
  lockPlan,
  lockUnjudged,
  savePlanned,
  selectPlan,
  type PinRow,
  type Planned,
  type PlanRow,
} from './plan-store.ts';
import { openSecrets } from './sealed-secrets.ts';

const EXAMPLES = 3;

export interface JudgeDependencies extends ActorSources {
  database: Database;
  cipher: Cipher;
  phoneNumbers: Pick<PhoneNumbersService, 'pinPhoneNumbers' | 'judgePhoneNumbers'>;
  /** How many are judged at once. */
  pieceRows: number;
}

/** Why, in the code and the words of the first thing that is wrong. */
export const reasonOf = ({ code, message, extra }: Problem) => ({
  code: extra.errors?.[0]?.code ?? code,
  message: extra.errors?.[0]?.message ?? message,
});

const whichOf = ({ selection, change }: PlanRow): Pinned => {
  if (selection?.ids !== undefined) return { ids: selection.ids };
  if (selection?.filter !== undefined)
    return { filter: selection.filter, exceptIds: selection.except_ids ?? [] };
  return { namingAgent: change.replace_agent?.from ?? '' };
};

// A plan is read by more people than may compare credentials.
const withoutFingerprints = (changes: Readonly<Record<string, AuditChange>>): Record<string, AuditChange> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [
      name,
      'secret' in change
        ? { secret: true as const, before_fingerprint: null, after_fingerprint: null }
        : change,
    ]),
  );

/**
 * Selects what a plan is over, each number with the version it has, and judges piece by piece what the change
 * would do, by the very rules that will be asked when it is run.
 */
export const createJudgePlan = (dependencies: JudgeDependencies) => {
  const { database, cipher, phoneNumbers, pieceRows } = dependencies;

  const select = async (plan: PlanRow): Promise<Step> => {
    const isRestore = plan.change.kind === 'restore';
    const unseen = new Set(plan.selection?.ids ?? []);
    let total = 0;
    // Whoever was killed in the middle begins anew.
    await database.transaction((tx) => forgetPins(tx, plan.id));
    for await (const pins of phoneNumbers.pinPhoneNumbers(whichOf(plan), isRestore)) {
      for (const { id } of pins) unseen.delete(id);
      await database.transaction((tx) => insertPins(tx, plan.id, total, pins));
      total += pins.length;
    }
    const missing = [...unseen].map((id) => ({
      id,
      code: 'not_found',
      message: isRestore ? 'No number with this id can be restored.' : 'No phone number has this id.',
    }));
    await database.transaction(async (tx) => {
      await insertPins(tx, plan.id, total, [], missing);
      await beginJudging(tx, plan.id, total + missing.length, missing.length);
    });
    return 'more';
  };

  const judge = async (
    tx: Transaction,
    context: RequestContext,
    plan: PlanRow,
    rows: readonly PinRow[],
  ): Promise<{ planned: Planned[]; examples: BulkExample[] }> => {
    const { kind } = plan.change;
    const planned = (
      row: PinRow,
      outcome: Planned['planned'],
      reason?: { code: string; message: string },
    ) => ({
      place: row.place,
      planned: outcome,
      planned_code: reason?.code ?? null,
      planned_message: reason?.message ?? null,
    });
    // What is there can be deleted, and what was deleted restored: both were selected so.
    if (kind === 'delete' || kind === 'restore')
      return {
        planned: rows.map((row) => planned(row, 'changed')),
        examples: rows
          .slice(0, EXAMPLES)
          .map(({ phone_number_id, phone_number }) => ({ phone_number_id, phone_number, changes: {} })),
      };
    const patch = patchToMake(plan.change, openSecrets(cipher, plan), Date.now());
    const judged = await phoneNumbers.judgePhoneNumbers(
      tx,
      context,
      rows.map(({ phone_number_id: id, version }) => ({ id, version, patch })),
    );
    const examples: BulkExample[] = [];
    const all = rows.map((row, at) => {
      const { changes = null, problem = null } = judged[at] ?? {};
      if (changes === null) return planned(row, 'refused', problem ? reasonOf(problem) : undefined);
      if (Object.keys(changes).length === 0) return planned(row, 'unchanged');
      if (examples.length < EXAMPLES)
        examples.push({
          phone_number_id: row.phone_number_id,
          phone_number: row.phone_number,
          changes: withoutFingerprints(changes),
        });
      return planned(row, 'changed');
    });
    return { planned: all, examples };
  };

  return async (planId: string): Promise<Step> => {
    const plan = await selectPlan(database, planId);
    if (plan === undefined || plan.state === 'ready') return 'over';
    if (plan.state === 'selecting') return select(plan);
    const context = await actingFor(dependencies, plan);
    return database.transaction(async (tx): Promise<Step> => {
      const rows = await lockUnjudged(tx, planId, pieceRows);
      if (rows.length === 0) {
        const locked = await lockPlan(tx, planId);
        if (locked !== undefined) await finishJudging(tx, planId);
        return 'over';
      }
      const lost = { code: 'forbidden', message: 'Whoever asked may no longer change numbers.' };
      const { planned, examples } =
        context === null
          ? {
              planned: rows.map(({ place }) => ({
                place,
                planned: 'refused' as const,
                planned_code: lost.code,
                planned_message: lost.message,
              })),
              examples: [],
            }
          : await judge(tx, context, plan, rows);
      await savePlanned(tx, planId, planned, examples.slice(0, Math.max(0, EXAMPLES - plan.examples.length)));
      return 'more';
    });
  };
};
