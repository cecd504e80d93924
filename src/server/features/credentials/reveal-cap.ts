import { recordAudit, type AuditRecord } from '#server/platform/audit/record.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { SettingsService } from '#server/features/settings/service.ts';
import { Problem } from '#server/problem.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import { countReveal, readRefusal, rememberRefusal } from './reveal-cap-store.ts';

const refusal = ({ kind }: Actor, cap: number, seconds: number): Problem => {
  const who = kind === 'api_key' ? 'An API key' : 'An operator';
  const wait = `Wait ${Math.ceil(seconds / 60)} min, or ask an admin to allow more.`;
  return new Problem(
    'too_many_reveals',
    `${who} may reveal ${cap} credentials an hour, and so many were revealed. ${wait}`,
    {
      retry_after_seconds: seconds,
    },
  );
};

/**
 * The promise: nobody reveals more within an hour than the settings allow, over however many instances and
 * requests at once: a reveal is counted in the transaction that records it, on the one row of its operator or
 * key. Answers null, or the refusal; that is thrown only after the commit, which keeps the event that tells
 * of it.
 */
export const createRevealCap =
  (settings: Pick<SettingsService, 'findSettings'>) =>
  async (
    tx: Transaction,
    context: RequestContext,
    subject: AuditRecord['subject'],
  ): Promise<Problem | null> => {
    const { actor } = context;
    const { api_key_reveals_per_hour: ofKey, operator_reveals_per_hour: ofOperator } =
      await settings.findSettings(tx);
    const cap = actor.kind === 'api_key' ? ofKey : ofOperator;
    if (await countReveal(tx, actor, cap)) return null;
    const { isRecorded, seconds } = await readRefusal(tx, actor);
    if (!isRecorded) {
      await rememberRefusal(tx, actor);
      await recordAudit(tx, context, {
        action: 'credential.reveal_refused',
        subject,
        detail: `${cap} an hour`,
      });
    }
    return refusal(actor, cap, seconds);
  };
