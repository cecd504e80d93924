import type {
  AuditAction,
  AuditChange,
  AuditEvent,
  AuditEventList,
  AuditEventListQuery,
  AuditSubjectKind,
} from '#contract/audit-events.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import { createFingerprints } from '#server/platform/secrets/fingerprints.ts';
import { mayReadAddresses, mayReveal } from '#server/access.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import {
  hasEventsOf,
  selectActionOf,
  selectActs,
  selectAuditEvents,
  selectChangesAfter,
  selectFieldsChangedSince,
  selectLastActors,
  type ExpectedVersion,
} from './store.ts';
import { toAuditEvent } from './to-audit-event.ts';
import { veilChanges } from './veil-changes.ts';

/** What was done, and by field what became of it. */
export interface RecordedAct {
  action: AuditAction;
  changes: Record<string, AuditChange>;
}

export interface AuditEventsService {
  /** Newest first, with addresses and fingerprints as far as they are the reader's to see. */
  listAuditEvents(context: RequestContext, query: AuditEventListQuery): Promise<AuditEventList>;
  /**
   * The fields of a phone number, of business hours, a view, a connection or the settings that changed since
   * it had this version.
   */
  findFieldsChangedSince(
    queryable: Queryable,
    kind: 'phone_number' | 'business_hours' | 'settings' | 'view' | 'connection',
    id: string,
    version: number,
  ): Promise<string[]>;
  /** The same of many numbers, by id. */
  findFieldsChangedInSet(
    queryable: Queryable,
    kind: 'phone_number',
    expected: readonly ExpectedVersion[],
  ): Promise<Map<string, string[]>>;
  /** What became first of each field of a phone number after it had this version, by field. */
  findChangesAfter(
    queryable: Queryable,
    kind: 'phone_number',
    expected: ExpectedVersion,
  ): Promise<Record<string, AuditChange>>;
  /** The act that made this version; undefined where none did. */
  findActionOf(
    queryable: Queryable,
    kind: 'phone_number',
    expected: ExpectedVersion,
  ): Promise<AuditAction | undefined>;
  /** The acts that made these versions, one a number, by id. */
  findActs(
    queryable: Queryable,
    kind: 'phone_number',
    made: readonly ExpectedVersion[],
  ): Promise<Map<string, RecordedAct>>;
  /** Who did this last to each of these, by id. */
  findLastActors(
    queryable: Queryable,
    kind: AuditSubjectKind,
    ids: readonly string[],
    action: AuditAction,
  ): Promise<Map<string, AuditEvent['actor']>>;
  hasEventsOf(queryable: Queryable, kind: AuditSubjectKind, subjectId: string): Promise<boolean>;
}

export const createAuditEventsService = ({
  database,
  keyring,
}: {
  database: Database;
  keyring: Keyring;
}): AuditEventsService => {
  const pageTokens = createPageTokens(keyring);
  const { veiled } = createFingerprints(keyring);
  return {
    async listAuditEvents({ actor }, { page_size: pageSize, page_token: token, ...filter }) {
      const list = ['audit-events', ...Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1))];
      const [beforeId] = token === undefined ? [] : pageTokens.read(list, token);
      const rows = await selectAuditEvents(database, filter, beforeId, pageSize + 1);
      const page = rows
        .slice(0, pageSize)
        .map((row) => (mayReadAddresses(actor) ? row : { ...row, address: null }));
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      const shown = mayReveal(actor) ? page : await veilChanges(database, page, veiled);
      return {
        audit_events: shown.map(toAuditEvent),
        next_page_token: isMore ? pageTokens.write(list, [String(last.id)]) : null,
      };
    },
    findFieldsChangedSince: async (queryable, kind, id, version) =>
      (await selectFieldsChangedSince(queryable, kind, [{ id, version }])).get(id) ?? [],
    findFieldsChangedInSet: selectFieldsChangedSince,
    findChangesAfter: selectChangesAfter,
    findActionOf: selectActionOf,
    findActs: selectActs,
    findLastActors: selectLastActors,
    hasEventsOf,
  };
};
