import type { AuditEventList, AuditEventListQuery, AuditSubjectKind } from '#contract/audit-events.ts';
import type { Database, Queryable } from '#server/db/database.ts';
import { createPageTokens } from '#server/http/page-token.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { hasEventsOf, selectAuditEvents, selectFieldsChangedSince } from './store.ts';
import { toAuditEvent } from './to-audit-event.ts';

export interface AuditEventsService {
  /** Newest first. */
  listAuditEvents(query: AuditEventListQuery, options?: { withAddresses: boolean }): Promise<AuditEventList>;
  /** The fields of a phone number, or of business hours, that changed since it had this version. */
  findFieldsChangedSince(queryable: Queryable, kind: 'phone_number' | 'business_hours', id: string, version: number): Promise<string[]>;
  hasEventsOf(queryable: Queryable, kind: AuditSubjectKind, subjectId: string): Promise<boolean>;
}

export const createAuditEventsService = ({ database, keyring }: { database: Database; keyring: Keyring }): AuditEventsService => {
  const pageTokens = createPageTokens(keyring);
  return {
    async listAuditEvents({ page_size: pageSize, page_token: token, ...filter }, { withAddresses } = { withAddresses: true }) {
      const list = ['audit-events', ...Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1))];
      const [beforeId] = token === undefined ? [] : pageTokens.read(list, token);
      const rows = await selectAuditEvents(database, filter, beforeId, pageSize + 1);
      const page = rows.slice(0, pageSize).map((row) => (withAddresses ? row : { ...row, address: null }));
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      return { audit_events: page.map(toAuditEvent), next_page_token: isMore ? pageTokens.write(list, [String(last.id)]) : null };
    },
    findFieldsChangedSince: selectFieldsChangedSince,
    hasEventsOf,
  };
};
