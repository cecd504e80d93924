import type { AuditChange, AuditEvent, AuditEventList } from '#contract/audit-events.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Caller } from '../http.ts';

/** A write the server has answered for. From then on it must be there, whatever happens. */
export interface Acknowledged {
  id: string;
  version: number;
  /** What the label was set to. */
  label: string;
}

/** A number as it is now, with all events of its history, oldest first. */
export interface StoredNumber {
  record: Pick<PhoneNumber, '_id' | 'version' | 'friendly_name'>;
  events: AuditEvent[];
}

export const readHistory = async (api: Caller, id: string): Promise<AuditEvent[]> => {
  const events: AuditEvent[] = [];
  let token: string | null = null;
  do {
    const page: AuditEventList = await api.get(
      `/v1/phone-numbers/${id}/history?page_size=100${token === null ? '' : `&page_token=${encodeURIComponent(token)}`}`,
    );
    events.push(...page.audit_events);
    token = page.next_page_token;
  } while (token !== null);
  return events.toReversed();
};

export const find = async (api: Caller, id: string): Promise<StoredNumber> => ({
  record: await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`),
  events: await readHistory(api, id),
});

const plain = (change: AuditChange | undefined) =>
  change !== undefined && 'after' in change ? change : undefined;

/** Acknowledged writes that are not there, or have no event that says the same. */
export const lostWrites = (
  acknowledged: readonly Acknowledged[],
  found: readonly StoredNumber[],
): string[] => {
  const byId = new Map(found.map((each) => [each.record._id, each]));
  return acknowledged.flatMap(({ id, version, label }) => {
    const now = byId.get(id);
    if (now === undefined) return [`${id} is gone`];
    if (now.record.version < version)
      return [`${id} is at version ${now.record.version}, ${version} was acknowledged`];
    if (now.record.version === version && now.record.friendly_name !== label)
      return [`${id} version ${version} holds another label`];
    const event = now.events.find((each) => each.version === version);
    if (event === undefined) return [`${id} version ${version} has no audit event`];
    return plain(event.changes['friendly_name'])?.after === label
      ? []
      : [`${id} version ${version} has an event that says something else`];
  });
};

/**
 * What is wrong with a history that should be one line: every version once, each change beginning where the
 * last ended.
 */
export const breaksInHistory = ({ record, events }: StoredNumber): string[] => {
  const versions = events.flatMap(({ version }) => (version === null ? [] : [version]));
  const expected = Array.from({ length: record.version }, (_, index) => index + 1);
  const problems =
    versions.join() === expected.join()
      ? []
      : [`${record._id}: versions ${versions.slice(-6).join()} for a number at version ${record.version}`];
  let last: unknown = null;
  for (const event of events) {
    const change = plain(event.changes['friendly_name']);
    if (change === undefined) continue;
    if ((change.before ?? null) !== last)
      problems.push(`${record._id}: version ${event.version} begins elsewhere than the one before ended`);
    last = change.after ?? null;
  }
  if (last !== record.friendly_name)
    problems.push(`${record._id}: the history does not end at what is stored`);
  return problems;
};
