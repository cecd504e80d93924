import { Problem } from '#server/problem.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';

/*
 * The promise: an act asked for any number of times with one Idempotency-Key happens once. The key is claimed
 * in the act's own transaction: a second request waits for the first on the key's row; where the first
 * failed, nothing was kept and the second acts.
 */

type Asked = NonNullable<RequestContext['idempotency']>;

const ownerOf = ({ kind, id }: RequestContext['actor']) => `${kind}:${id ?? ''}`;

/** What the first request answered, if this is a repetition; null where it is the first. */
const claim = async <T>(
  tx: Transaction,
  owner: string,
  { key, endpoint, bodyHash }: Asked,
  status: number,
): Promise<{ answer: T } | null> => {
  const claimed = await tx.query({ name: 'claim_idempotency_key', text: claimText }, [
    owner,
    key,
    endpoint,
    bodyHash,
    status,
  ]);
  if (claimed.length > 0) return null;
  const [first] = await tx.query<{ endpoint: string; body_hash: Buffer; answer: T }>(
    { name: 'select_idempotency_key', text: selectText },
    [owner, key],
  );
  if (first?.endpoint !== endpoint || !first.body_hash.equals(bodyHash))
    throw new Problem(
      'idempotency_key_reused',
      'This Idempotency-Key belongs to another request. Use a new one.',
    );
  return first;
};

/** Acts once, and answers each repetition as the first time. */
export const answerOnce = async <T>(
  tx: Transaction,
  { actor, idempotency }: RequestContext,
  status: number,
  act: () => Promise<T>,
): Promise<T> => {
  if (idempotency === null) return act();
  const owner = ownerOf(actor);
  const first = await claim<T>(tx, owner, idempotency, status);
  if (first !== null) return first.answer;
  const answer = await act();
  await tx.query({ name: 'keep_idempotent_answer', text: keepText }, [
    owner,
    idempotency.key,
    JSON.stringify(answer),
  ]);
  return answer;
};

/** Acts once, and answers each repetition with what is so by then. */
export const actOnce = async <T>(
  tx: Transaction,
  { actor, idempotency }: RequestContext,
  status: number,
  act: () => Promise<T>,
  asItStands: () => Promise<T>,
): Promise<T> => {
  const isFirst = idempotency === null || (await claim(tx, ownerOf(actor), idempotency, status)) === null;
  return isFirst ? act() : asItStands();
};

/** Acts once, where there is nothing to answer. */
export const doOnce = (tx: Transaction, context: RequestContext, act: () => Promise<void>): Promise<void> =>
  actOnce(tx, context, 204, act, () => Promise.resolve());

// A key is free again after a day. Where the clock was set back by more than that, its date says nothing.
const isOver = `(kept.created_at < now() - interval '24 hours' or kept.created_at > now() + interval '24 hours')`;
const claimText = `insert into idempotency_key as kept (actor_id, key, endpoint, body_hash, status, answer) values ($1, $2, $3, $4, $5, 'null')
  on conflict (actor_id, key) do update
    set endpoint = excluded.endpoint, body_hash = excluded.body_hash, status = excluded.status, answer = 'null', created_at = now()
    where ${isOver}
  returning 1`;
const selectText = 'select endpoint, body_hash, answer from idempotency_key where actor_id = $1 and key = $2';
const keepText = 'update idempotency_key set answer = $3 where actor_id = $1 and key = $2';

/** Housekeeping: forgets what is older than a day. */
export const forgetOldAnswers = (tx: Transaction): Promise<unknown> =>
  tx.query(`delete from idempotency_key kept where ${isOver}`);
