import { pointerTo } from '#contract/pointer.ts';
import type { ApiKeyOutcome } from '#contract/api-keys.ts';
import type { FieldError } from '#contract/errors.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { revokeKey } from './revoke-key.ts';
import { lockApiKey, lockOwner, selectLiveApiKeysOf, updateApiKeyOwner, type ApiKeyRow } from './store.ts';
import { toApiKey } from './to-api-key.ts';

/** An operator as a key's owner, present or next. */
export interface Owner {
  id: string;
  email: string;
}

export interface Settlement {
  owner: Owner;
  /** What becomes of the owner's keys, by the key's id. */
  answers: Readonly<Record<string, ApiKeyOutcome>>;
  /** Who takes keys over; null where nobody was named. */
  newOwner: Owner | null;
  /** False where the owner may have no key any more: then each live one must be answered for. */
  mayKeep: boolean;
}

const isOver = ({ revoked_at, expires_at }: ApiKeyRow, now: Date) =>
  revoked_at !== null || (expires_at !== null && expires_at <= now);

const refuseUnanswered = async (tx: Transaction, { owner, answers }: Settlement, now: Date) => {
  const live = await selectLiveApiKeysOf(tx, owner.id, now);
  const unanswered = live.filter(({ id }) => !Object.hasOwn(answers, id));
  if (unanswered.length === 0) return;
  const detail =
    'API keys of theirs are alive. Send api_keys with take_over or end for each: those left out so far are in api_keys of this problem.';
  throw new Problem('api_keys_unanswered', detail, { api_keys: unanswered.map(toApiKey) });
};

const assertMayOwn = async (tx: Transaction, { owner, newOwner, mayKeep }: Settlement, id: string) => {
  const refuse = (message: string) =>
    fieldProblem([{ pointer: pointerTo('api_keys', id), code: 'cannot_take_over', message }]);
  if (newOwner === null) throw refuse('Name the admin who takes it over, or end it.');
  if (newOwner.id === owner.id && !mayKeep) throw refuse('End it: only another admin can take it over.');
  if (!(await lockOwner(tx, newOwner.id)))
    throw refuse('End it: whoever takes it over must be an admin, and not disabled.');
};

const takeOver = async (
  tx: Transaction,
  context: RequestContext,
  { id, name }: ApiKeyRow,
  from: Owner,
  to: Owner,
) => {
  await updateApiKeyOwner(tx, id, to.id);
  const changes = changesBetween({ owner: from.email }, { owner: to.email });
  await recordAudit(tx, context, {
    action: 'api_key.taken_over',
    subject: { kind: 'api_key', id, name },
    changes,
  });
  await announceChange(tx, { subject: 'api_key', id, change: 'updated', version: null });
};

/**
 * The promise: whoever may not have keys owns no live one, and nothing happened to a key that was not
 * answered for. Called with the owner's row locked for update; an answer that has come true already, as in a
 * retry, changes nothing. Answers the ids of the keys that ended.
 */
export const settleApiKeys = async (
  tx: Transaction,
  context: RequestContext,
  settlement: Settlement,
): Promise<string[]> => {
  const { owner, answers, newOwner, mayKeep } = settlement;
  const now = new Date();
  if (!mayKeep) await refuseUnanswered(tx, settlement, now);
  const ended: string[] = [];
  const notTheirs: FieldError[] = [];
  for (const [id, answer] of Object.entries(answers)) {
    const key = await lockApiKey(tx, id);
    if (key !== null && isOver(key, now)) continue;
    if (
      answer === 'take_over' &&
      newOwner !== null &&
      key?.owner_id === newOwner.id &&
      newOwner.id !== owner.id
    )
      continue;
    if (key === null || key.owner_id !== owner.id) {
      const message = 'Leave this out: no key of this operator has this id.';
      notTheirs.push({ pointer: pointerTo('api_keys', id), code: 'not_their_key', message });
    } else if (answer === 'end') {
      await revokeKey(tx, context, key, `It belonged to ${owner.email}`);
      ended.push(id);
    } else {
      await assertMayOwn(tx, settlement, id);
      if (newOwner !== null && newOwner.id !== owner.id) await takeOver(tx, context, key, owner, newOwner);
    }
  }
  if (notTheirs.length > 0) throw fieldProblem(notTheirs);
  return ended;
};
