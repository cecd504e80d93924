import { pointerTo } from '#contract/pointer.ts';
import type { ConnectionCredential } from '#contract/connections/connections.ts';
import type { ProblemCode } from '#contract/errors.ts';
import type { RevealedCredential } from '#contract/numbers/list/phone-number-list.ts';
import { providerNames } from '#contract/numbers/choices.ts';
import { hasField, type CredentialName } from '#contract/numbers/fields.ts';
import { recordAudit, type AuditRecord } from '#server/platform/audit/record.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { SettingsService } from '#server/features/settings/service.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { Bursts } from './bursts.ts';
import { lockNameOfConnection, selectOfConnection } from './connection-credentials-store.ts';
import { openConnectionCredential } from './connection-credentials.ts';
import { openCredential } from './open-credential.ts';
import { createRevealCap } from './reveal-cap.ts';
import { lockCredential } from './store.ts';

const HIDE_AFTER_SECONDS = 30;

/**
 * The promise: a plaintext secret leaves by here alone, after an audit event that says so has been committed
 * and while the hour has room for one more. No audit, no value.
 */
export interface RevealService {
  revealCredential(
    context: RequestContext,
    phoneNumberId: string,
    name: CredentialName,
  ): Promise<RevealedCredential>;
  revealConnectionCredential(
    context: RequestContext,
    connectionId: string,
    name: ConnectionCredential,
  ): Promise<RevealedCredential>;
}

/** What is to be revealed, and of what; locked until the transaction ends. */
interface Found {
  subject: AuditRecord['subject'];
  secret: string | null;
}

interface RevealDependencies {
  database: Database;
  keyring: Keyring;
  settings: Pick<SettingsService, 'findSettings'>;
  bursts: Pick<Bursts, 'notice'>;
}

const refused = (code: ProblemCode, message: string) =>
  new Problem(code, message, { errors: [{ pointer: pointerTo('credential'), code, message }] });

export const createRevealService = ({
  database,
  keyring,
  settings,
  bursts,
}: RevealDependencies): RevealService => {
  const cipher = createCipher(keyring);
  const capReveal = createRevealCap(settings);

  const reveal = async (
    context: RequestContext,
    name: string,
    find: (tx: Transaction) => Promise<Found>,
  ): Promise<RevealedCredential> => {
    let auditing = false;
    const act = async (tx: Transaction): Promise<string | Problem> => {
      const { subject, secret } = await find(tx);
      if (secret === null)
        throw refused('credential_not_set', `No ${name} is set, so there is nothing to reveal.`);
      auditing = true;
      const tooMany = await capReveal(tx, context, subject);
      if (tooMany !== null) return tooMany;
      await recordAudit(tx, context, { action: 'credential.revealed', subject, detail: name });
      return secret;
    };
    // Resolves only once the commit is confirmed: from there on the event stands, and the value may leave.
    const value = await database.transaction(act).catch((error: unknown) => {
      if (!auditing) throw error;
      throw new Problem(
        'audit_unavailable',
        'Nothing was revealed. Try again in a moment.',
        { retry_after_seconds: 5 },
        error,
      );
    });
    if (value instanceof Problem) throw value;
    bursts.notice(context, 'revealed');
    return { value, hide_after_seconds: HIDE_AFTER_SECONDS };
  };

  return {
    revealCredential: (context, phoneNumberId, name) =>
      reveal(context, name, async (tx) => {
        const row = await lockCredential(tx, phoneNumberId, name);
        if (!row) throw new Problem('not_found', 'No phone number has this id.');
        if (!hasField(row.provider, name))
          throw refused('field_of_other_provider', `A ${providerNames[row.provider]} number has no ${name}.`);
        return {
          subject: { kind: 'phone_number', id: phoneNumberId, name: row.phone_number },
          secret: openCredential(cipher, row, phoneNumberId, name),
        };
      }),

    revealConnectionCredential: (context, connectionId, name) =>
      reveal(context, name, async (tx) => {
        const connectionName = await lockNameOfConnection(tx, connectionId);
        if (connectionName === undefined) throw new Problem('not_found', 'No connection has this id.');
        const row = (await selectOfConnection(tx, connectionId)).find(({ field }) => field === name);
        return {
          subject: { kind: 'connection', id: connectionId, name: connectionName },
          secret: row ? openConnectionCredential(cipher, row) : null,
        };
      }),
  };
};
