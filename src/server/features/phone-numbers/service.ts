import type { AuditAction, AuditChange, AuditEventList } from '#contract/audit-events.ts';
import type { Change } from '#contract/changes.ts';
import type { PhoneNumber, PhoneNumberCreate, PhoneNumberList, PhoneNumberListQuery, PhoneNumberReading } from '#contract/phone-numbers.ts';
import { recordAudit } from '#server/audit/record.ts';
import { announceChange } from '#server/changes/announce.ts';
import { isUniqueViolation, type Database, type Transaction } from '#server/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { createFingerprints, storeMark, type StoredMarks } from '#server/features/credentials/fingerprints.ts';
import type { CredentialChange, CredentialsService } from '#server/features/credentials/service.ts';
import type { Heavily } from '#server/fairness/turns.ts';
import { createPageTokens } from '#server/http/page-token.ts';
import { fieldProblem, pointerTo, Problem } from '#server/http/problem.ts';
import { answerOnce } from '#server/idempotency/answer-once.ts';
import { newId } from '#server/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { applyPatch, askedCredentials, blank, fieldChanges } from './apply-patch.ts';
import { createRoutingCheck, findForwardErrors } from './check-routing.ts';
import { isFieldError, judgePhoneNumber } from './judge-phone-number.ts';
import { createPhoneNumberList } from './list.ts';
import { isMask, maskWithoutCredential, readPatch } from './read-patch.ts';
import {
  hasRow,
  insertPhoneNumber,
  lockPhoneNumber,
  lockRestorable,
  markDeleted,
  selectPhoneNumber,
  unmarkDeleted,
  updatePhoneNumberRow,
  type PhoneNumberRow,
} from './store.ts';
import { toPhoneNumber } from './to-phone-number.ts';

export interface PhoneNumbersService {
  listPhoneNumbers(context: RequestContext, query: PhoneNumberListQuery, heavily: Heavily): Promise<PhoneNumberList>;
  addPhoneNumber(context: RequestContext, body: PhoneNumberCreate): Promise<PhoneNumber>;
  /** What adding it would store, or the refusal that adding it would meet. */
  readNumberToAdd(query: Pick<PhoneNumberCreate, 'phone_number'>): PhoneNumberReading;
  readPhoneNumber(context: RequestContext, id: string): Promise<PhoneNumber>;
  updatePhoneNumber(context: RequestContext, id: string, patch: Record<string, unknown>): Promise<PhoneNumber>;
  deletePhoneNumber(context: RequestContext, id: string): Promise<undefined>;
  restorePhoneNumber(context: RequestContext, id: string): Promise<PhoneNumber>;
  readHistory(context: RequestContext, id: string, query: { page_size: number; page_token?: string | undefined }): Promise<AuditEventList>;
}

export interface PhoneNumbersDependencies {
  database: Database;
  keyring: Keyring;
  agents: AgentsService;
  businessHours: BusinessHoursService;
  auditEvents: AuditEventsService;
  credentials: CredentialsService;
}

const notFound = () => new Problem('not_found', 'No phone number has this id.');

const takenProblem = (phoneNumber: string) => {
  const message = `${phoneNumber} is already there. Open that one instead of adding it again.`;
  return new Problem('phone_number_taken', message, { errors: [{ pointer: pointerTo('phone_number'), code: 'phone_number_taken', message }] });
};

const auditedCredentials = (changes: readonly CredentialChange[]) => Object.fromEntries(changes.map(({ name, audited }) => [name, audited]));

/** The marks of a number after these changes, which make its next version. */
const withMarks = (stored: StoredMarks, changes: readonly CredentialChange[], version: number): StoredMarks => {
  const marks = { ...stored };
  for (const { name, fingerprint } of changes) {
    if (fingerprint === null) delete marks[name];
    else marks[name] = storeMark({ fingerprint, version });
  }
  return marks;
};

/** What may happen to a phone number. Each act is one transaction: the row, its credentials, its event, its announcement. */
export const createPhoneNumbersService = ({
  database,
  keyring,
  agents,
  businessHours,
  auditEvents,
  credentials,
}: PhoneNumbersDependencies): PhoneNumbersService => {
  const pageTokens = createPageTokens(keyring);
  const fingerprints = createFingerprints(keyring);
  const checkRouting = createRoutingCheck({ agents, businessHours });
  // Rows become answers at the very end, by the rights of who asks now: what is kept for retries is a row, too.
  const present = ({ actor }: RequestContext, row: PhoneNumberRow): PhoneNumber => toPhoneNumber(row, fingerprints.shownTo(actor));

  const refuseStale = async (tx: Transaction, context: RequestContext, row: PhoneNumberRow): Promise<void> => {
    const { ifMatch } = context;
    if (ifMatch === null || ifMatch === row.version) return;
    const detail = `You hold version ${ifMatch}, but the number is at version ${row.version}. Look at what changed, then save again.`;
    const changedFields = await auditEvents.findFieldsChangedSince(tx, 'phone_number', row.id, ifMatch);
    throw new Problem('version_conflict', detail, { current: present(context, row), changed_fields: changedFields });
  };

  const lock = async (tx: Transaction, context: RequestContext, id: string): Promise<PhoneNumberRow> => {
    const row = await lockPhoneNumber(tx, id);
    if (!row) throw notFound();
    await refuseStale(tx, context, row);
    return row;
  };

  const record = async (
    tx: Transaction,
    context: RequestContext,
    act: { action: AuditAction; change: Change['change']; changes: Record<string, AuditChange> },
    { id, phone_number: name, version }: Pick<PhoneNumberRow, 'id' | 'phone_number' | 'version'>,
  ): Promise<void> => {
    await recordAudit(tx, context, { action: act.action, subject: { kind: 'phone_number', id, name }, version, changes: act.changes });
    await announceChange(tx, { subject: 'phone_number', id, change: act.change, version });
  };

  const add = async (tx: Transaction, context: RequestContext, body: PhoneNumberCreate): Promise<PhoneNumberRow> => {
    const id = newId();
    const judged = judgePhoneNumber(body.phone_number);
    const asked = askedCredentials(body.provider, body);
    const after = applyPatch(blank, body.provider, body);
    const errors = [
      ...(isFieldError(judged) ? [judged] : []),
      ...asked.flatMap(([name, secret]) => (isMask(secret) ? [maskWithoutCredential(name)] : [])),
      ...(await checkRouting(tx, isFieldError(judged) ? '' : judged.phone_number, blank, after)),
    ];
    if (errors.length > 0 || isFieldError(judged)) throw fieldProblem(errors);
    const secrets = await credentials.findCredentialChanges(tx, context, { id, marks: {}, asked });
    const row = await insertPhoneNumber(tx, {
      id,
      provider: body.provider,
      ...judged,
      ...after,
      credential_fingerprints: withMarks({}, secrets, 1),
    });
    if (!row) throw takenProblem(judged.phone_number);
    await credentials.saveCredentials(tx, context, row, secrets);
    const changes = {
      phone_number: { before: null, after: row.phone_number },
      provider: { before: null, after: row.provider },
      ...fieldChanges(blank, after),
      ...auditedCredentials(secrets),
    };
    await record(tx, context, { action: 'phone_number.added', change: 'added', changes }, row);
    return row;
  };

  const restore = async (tx: Transaction, context: RequestContext, id: string): Promise<PhoneNumberRow> => {
    const deleted = await lockRestorable(tx, id);
    if (!deleted) throw new Problem('not_found', 'No number with this id was deleted in the last ten minutes.');
    if (!deleted.is_deleted) return deleted;
    await refuseStale(tx, context, deleted);
    const row = await unmarkDeleted(tx, id).catch((error: unknown) => {
      throw isUniqueViolation(error, 'phone_number_e164') ? takenProblem(deleted.phone_number) : error;
    });
    if (!row) throw notFound();
    // While it was gone, others may have been set to forward to it.
    const errors = await findForwardErrors(tx, row.phone_number, null, row.routing);
    if (errors.length > 0) throw fieldProblem(errors);
    await record(tx, context, { action: 'phone_number.restored', change: 'added', changes: fieldChanges(blank, row) }, row);
    return row;
  };

  return {
    listPhoneNumbers: createPhoneNumberList({ database, agents, businessHours, fingerprints, pageTokens }),

    addPhoneNumber: async (context, body) =>
      present(context, await database.transaction((tx) => answerOnce(tx, context, 201, () => add(tx, context, body)))),

    readNumberToAdd({ phone_number: spelled }) {
      const judged = judgePhoneNumber(spelled);
      if (isFieldError(judged)) throw fieldProblem([judged]);
      return judged;
    },

    async readPhoneNumber(context, id) {
      const row = await selectPhoneNumber(database, id);
      if (!row) throw notFound();
      return present(context, row);
    },

    updatePhoneNumber: (context, id, body) =>
      database.transaction(async (tx) => {
        const before = await lock(tx, context, id);
        const forms = [toPhoneNumber(before, fingerprints.plain), toPhoneNumber(before, fingerprints.veiled)] as const;
        const patch = readPatch(forms, body);
        const after = applyPatch(before, before.provider, patch);
        const asked = askedCredentials(before.provider, patch);
        const secrets = await credentials.findCredentialChanges(tx, context, { id, marks: before.credential_fingerprints, asked });
        const changes = { ...fieldChanges(before, after), ...auditedCredentials(secrets) };
        if (Object.keys(changes).length === 0) return present(context, before);
        const errors = await checkRouting(tx, before.phone_number, before, after);
        if (errors.length > 0) throw fieldProblem(errors);
        const credential_fingerprints = withMarks(before.credential_fingerprints, secrets, before.version + 1);
        const row = await updatePhoneNumberRow(tx, id, { phone_number: before.phone_number, ...after, credential_fingerprints });
        await credentials.saveCredentials(tx, context, row, secrets);
        await record(tx, context, { action: 'phone_number.updated', change: 'updated', changes }, row);
        return present(context, row);
      }),

    deletePhoneNumber: (context, id) =>
      database.transaction(async (tx) => {
        const row = await lock(tx, context, id);
        await markDeleted(tx, id);
        const act = { action: 'phone_number.deleted', change: 'deleted', changes: fieldChanges(row, blank) } as const;
        await record(tx, context, act, { ...row, version: row.version + 1 });
        return undefined;
      }),

    restorePhoneNumber: async (context, id) =>
      present(context, await database.transaction((tx) => answerOnce(tx, context, 200, () => restore(tx, context, id)))),

    async readHistory(context, id, { page_size, page_token }) {
      if (!(await hasRow(database, id)) && !(await auditEvents.hasEventsOf(database, 'phone_number', id))) throw notFound();
      return auditEvents.listAuditEvents(context, { page_size, subject_kind: 'phone_number', subject_id: id, ...(page_token && { page_token }) });
    },
  };
};
