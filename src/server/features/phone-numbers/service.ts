import type { AgentUseList, AgentUseListQuery } from '#contract/agent-uses.ts';
import type { AuditEventList } from '#contract/audit-events.ts';
import type { PhoneNumber, PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import type { RestoredPhoneNumber, RestoreVersion } from '#contract/numbers/restored.ts';
import type { LabelList, LabelListQuery } from '#contract/numbers/list/label-list.ts';
import type {
  PhoneNumberDeleteQuery,
  PhoneNumberList,
  PhoneNumberListQuery,
  PhoneNumberQuery,
  PhoneNumberReading,
} from '#contract/numbers/list/phone-number-list.ts';
import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { assertMayDeleteThere } from '#server/access.ts';
import { createFingerprints } from '#server/platform/secrets/fingerprints.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { CredentialsService } from '#server/features/credentials/service.ts';
import { createExport, type SendFile } from '#server/features/phone-numbers/export/export.ts';
import type { PhoneNumberExportQuery } from '#contract/numbers/list/phone-number-export.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import { fieldProblem } from '#server/problem.ts';
import { actOnce, answerOnce, doOnce } from '#server/platform/idempotency/answer-once.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { createPhoneNumberActs, type PhoneNumberActs } from '#server/features/phone-numbers/acts/acts.ts';
import { isFieldError, judgePhoneNumber } from '#server/features/phone-numbers/acts/judge-phone-number.ts';
import { createLabelList } from '#server/features/phone-numbers/labels/label-list.ts';
import { createAgentUseList } from '#server/features/phone-numbers/list/agent-uses.ts';
import { createPins, type PinPhoneNumbers } from '#server/features/phone-numbers/list/pin.ts';
import { createPhoneNumberList } from '#server/features/phone-numbers/list/list.ts';
import { notFound, onlyRow } from '#server/features/phone-numbers/acts/outcome.ts';
import { selectDeleted } from '#server/features/phone-numbers/rows/deleted-store.ts';
import { presentDeleted } from '#server/features/phone-numbers/rows/present-deleted.ts';
import type { PhoneNumberRow, RestoredRow } from '#server/features/phone-numbers/rows/row.ts';
import {
  hasRow,
  selectPhoneNumber,
  selectPhoneNumbersByIds,
  selectPhoneNumbersByNumber,
} from '#server/features/phone-numbers/rows/store.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';

export interface PhoneNumbersService extends PhoneNumberActs {
  listPhoneNumbers(
    context: RequestContext,
    query: PhoneNumberListQuery,
    runHeavy: RunHeavy,
  ): Promise<PhoneNumberList>;
  /** The numbers of the filter as a file, which begins before they are all read. */
  exportPhoneNumbers(
    context: RequestContext,
    query: PhoneNumberExportQuery,
    runHeavy: RunHeavy,
    sendFile: SendFile,
  ): Promise<Response>;
  /** Those of these ids that are there, and are not deleted. */
  findPresent(queryable: Queryable, ids: readonly string[]): Promise<Set<string>>;
  /** Numbers and the versions they have now, piece by piece. */
  pinPhoneNumbers: PinPhoneNumbers;
  listLabels(query: LabelListQuery): Promise<LabelList>;
  /** The numbers that name an agent, and where. */
  listAgentUses(agentId: string, query: AgentUseListQuery, runHeavy: RunHeavy): Promise<AgentUseList>;
  addPhoneNumber(context: RequestContext, body: PhoneNumberCreate): Promise<PhoneNumber>;
  /** What adding it would store, or the refusal that adding it would meet. */
  readNumberToAdd(query: Pick<PhoneNumberCreate, 'phone_number'>): PhoneNumberReading;
  readPhoneNumber(context: RequestContext, id: string, query: PhoneNumberQuery): Promise<PhoneNumber>;
  /** Those of these numbers, in E.164, that are there. */
  findPhoneNumbers(
    queryable: Queryable,
    context: Pick<RequestContext, 'actor'>,
    phoneNumbers: readonly string[],
  ): Promise<Map<string, PhoneNumber>>;
  /** Those of these ids that are there, in any order. */
  findRows(queryable: Queryable, ids: readonly string[]): Promise<PhoneNumberRow[]>;
  /** The same as they are stored: for other features, and for nobody's eyes. */
  findStored(queryable: Queryable, phoneNumbers: readonly string[]): Promise<Map<string, PhoneNumberRow>>;
  /** One at the version that the caller expects, locked until the transaction ends. */
  lockPhoneNumber(tx: Transaction, context: RequestContext, id: string): Promise<PhoneNumberRow>;
  /** One that is there, as who may reveal nothing sees it; else null. */
  findById(queryable: Queryable, id: string): Promise<PhoneNumber | null>;
  /** Those that are there as they are stored: for other features, and for nobody's eyes. */
  findStoredByIds(queryable: Queryable, ids: readonly string[]): Promise<PhoneNumberRow[]>;
  /** Which number one was that can still be restored; null where there is none. */
  findDeletedNumber(queryable: Queryable, id: string): Promise<Pick<PhoneNumber, 'phone_number'> | null>;
  updatePhoneNumber(
    context: RequestContext,
    id: string,
    patch: Record<string, unknown>,
  ): Promise<PhoneNumber>;
  deletePhoneNumber(context: RequestContext, id: string, query: PhoneNumberDeleteQuery): Promise<undefined>;
  restorePhoneNumber(context: RequestContext, id: string): Promise<RestoredPhoneNumber>;
  deletePhoneNumberForGood(context: RequestContext, id: string): Promise<undefined>;
  restorePhoneNumberVersion(
    context: RequestContext,
    id: string,
    body: RestoreVersion,
  ): Promise<RestoredPhoneNumber>;
  readHistory(
    context: RequestContext,
    id: string,
    query: { page_size: number; page_token?: string | undefined },
  ): Promise<AuditEventList>;
}

export interface PhoneNumbersDependencies {
  database: Database;
  keyring: Keyring;
  agents: AgentsService;
  businessHours: BusinessHoursService;
  auditEvents: AuditEventsService;
  credentials: CredentialsService;
  outbox: Outbox;
}

/** What is asked of one phone number is done to a set of one, in a transaction of its own. */
export const createPhoneNumbersService = (dependencies: PhoneNumbersDependencies): PhoneNumbersService => {
  const { database, keyring, agents, businessHours, auditEvents } = dependencies;
  const pageTokens = createPageTokens(keyring);
  const fingerprints = createFingerprints(keyring);
  const acts = createPhoneNumberActs(dependencies);
  // Rows become answers at the very end, by the rights of who asks now: what is kept for retries is a row,
  // too.
  const present = ({ actor }: RequestContext, row: PhoneNumberRow): PhoneNumber =>
    toPhoneNumber(row, fingerprints.shownTo(actor));

  const presentRestored = (context: RequestContext, row: RestoredRow): RestoredPhoneNumber => ({
    ...present(context, row),
    ...(row.not_restored !== undefined && { not_restored: row.not_restored }),
  });

  const read = async (queryable: Queryable, id: string): Promise<PhoneNumberRow> => {
    const row = await selectPhoneNumber(queryable, id);
    if (!row) throw notFound();
    return row;
  };

  return {
    ...acts,
    listPhoneNumbers: createPhoneNumberList({
      database,
      agents,
      businessHours,
      auditEvents,
      fingerprints,
      pageTokens,
    }),
    exportPhoneNumbers: createExport({ database, agents, businessHours }),
    findPresent: async (queryable, ids) =>
      new Set((await selectPhoneNumbersByIds(queryable, ids)).map(({ id }) => id)),
    pinPhoneNumbers: createPins({ agents, businessHours }),
    listLabels: createLabelList({ database, pageTokens }),
    listAgentUses: createAgentUseList({ database, agents, pageTokens }),

    async addPhoneNumber(context, body) {
      const row = await database.transaction((tx) =>
        answerOnce(tx, context, 201, async () =>
          onlyRow(await acts.addPhoneNumbers(tx, context, [{ body }])),
        ),
      );
      return present(context, row);
    },

    readNumberToAdd({ phone_number: spelled }) {
      const judged = judgePhoneNumber(spelled);
      if (isFieldError(judged)) throw fieldProblem([judged]);
      return judged;
    },

    async readPhoneNumber(context, id, { include }) {
      if (include !== 'deleted') return present(context, await read(database, id));
      const row = await selectPhoneNumber(database, id);
      if (row) return present(context, row);
      const deleted = await selectDeleted(database, id);
      const show = fingerprints.shownTo(context.actor);
      const [number] = await presentDeleted(database, auditEvents, deleted ? [deleted] : [], show);
      if (!number) throw notFound();
      return number;
    },

    findRows: selectPhoneNumbersByIds,

    lockPhoneNumber: async (tx, context, id) =>
      onlyRow(await acts.changePhoneNumbers(tx, context, [{ id, version: context.ifMatch, patch: {} }])),

    async findById(queryable, id) {
      const row = await selectPhoneNumber(queryable, id);
      return row === undefined ? null : toPhoneNumber(row, fingerprints.veiled);
    },

    findStoredByIds: selectPhoneNumbersByIds,

    async findPhoneNumbers(queryable, { actor }, phoneNumbers) {
      const rows = await selectPhoneNumbersByNumber(queryable, phoneNumbers);
      const show = fingerprints.shownTo(actor);
      return new Map(rows.map((row) => [row.phone_number, toPhoneNumber(row, show)]));
    },

    findStored: async (queryable, phoneNumbers) =>
      new Map(
        (await selectPhoneNumbersByNumber(queryable, phoneNumbers)).map((row) => [row.phone_number, row]),
      ),

    findDeletedNumber: async (queryable, id) => (await selectDeleted(queryable, id)) ?? null,

    async updatePhoneNumber(context, id, patch) {
      const change = { id, version: context.ifMatch, patch };
      const row = await database.transaction((tx) =>
        actOnce(
          tx,
          context,
          200,
          async () => onlyRow(await acts.changePhoneNumbers(tx, context, [change])),
          () => read(tx, id),
        ),
      );
      return present(context, row);
    },

    async deletePhoneNumber(context, id, { platform }) {
      if (platform === 'delete') assertMayDeleteThere(context.actor);
      const number = { id, version: context.ifMatch };
      const remove = async (tx: Transaction) => {
        onlyRow(await acts.deletePhoneNumbers(tx, context, [number], platform));
      };
      await database.transaction((tx) => doOnce(tx, context, () => remove(tx)));
      return undefined;
    },

    async restorePhoneNumber(context, id) {
      const number = { id, version: context.ifMatch };
      const row = await database.transaction((tx) =>
        answerOnce(tx, context, 200, async () =>
          onlyRow(await acts.restorePhoneNumbers(tx, context, [number])),
        ),
      );
      return presentRestored(context, row);
    },

    async deletePhoneNumberForGood(context, id) {
      const number = { id, version: context.ifMatch };
      const erase = async (tx: Transaction) => {
        onlyRow(await acts.deletePhoneNumbersForGood(tx, context, [number]));
      };
      await database.transaction((tx) => doOnce(tx, context, () => erase(tx)));
      return undefined;
    },

    async restorePhoneNumberVersion(context, id, { version: to, fields }) {
      const asked = { id, version: context.ifMatch, to, fields };
      const row = await database.transaction((tx) =>
        answerOnce(tx, context, 200, () => acts.restoreVersion(tx, context, asked)),
      );
      return presentRestored(context, row);
    },

    async readHistory(context, id, { page_size, page_token }) {
      if (!(await hasRow(database, id)) && !(await auditEvents.hasEventsOf(database, 'phone_number', id)))
        throw notFound();
      return auditEvents.listAuditEvents(context, {
        page_size,
        subject_kind: 'phone_number',
        subject_id: id,
        ...(page_token && { page_token }),
      });
    },
  };
};
