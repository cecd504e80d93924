import type { AuditChange } from '#contract/audit-events.ts';
import type { ConnectionImportFinding } from '#contract/bulk/connection-imports.ts';
import { asParameters, isOneOf } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export type RowAct = 'add' | 'change' | 'link';

export interface Found {
  place: number;
  finding: ConnectionImportFinding;
  differences: Readonly<Record<string, AuditChange>>;
  act: RowAct | null;
}

export const saveFindings = async (
  tx: Transaction,
  planId: string,
  found: readonly Found[],
): Promise<void> => {
  if (found.length === 0) return;
  const [, from, to] = asParameters(found.map(({ place }) => place));
  const text = `update connection_import_row c
    set finding = given.finding, differences = given.differences, act = given.act
    from jsonb_to_recordset($2::jsonb) as given (place integer, finding text, differences jsonb, act text)
    where c.plan_id = $1 and c.place between $3 and $4 and c.place = given.place`;
  await tx.query({ name: 'save_findings', text }, [planId, JSON.stringify(found), from, to]);
};

/** What is to be done with these rows. */
export const selectActs = async (
  queryable: Queryable,
  planId: string,
  places: readonly number[],
): Promise<Map<number, RowAct>> => {
  const text = `select place, act from connection_import_row where plan_id = $1 and ${isOneOf('place', 2)} and act is not null`;
  const rows = await queryable.query<{ place: number; act: RowAct }>({ name: 'import_row_acts', text }, [
    planId,
    ...asParameters(places),
  ]);
  return new Map(rows.map(({ place, act }) => [place, act]));
};

export const noteMadeLinks = async (
  tx: Transaction,
  planId: string,
  places: readonly number[],
): Promise<void> => {
  if (places.length === 0) return;
  const text = `update connection_import_row set has_made_link = true where plan_id = $1 and ${isOneOf('place', 2)}`;
  await tx.query({ name: 'note_made_links', text }, [planId, ...asParameters(places)]);
};

/** Of rows that were to change, and had nothing left to take: they are linked alone. */
export const noteLinkedAlone = async (
  tx: Transaction,
  planId: string,
  places: readonly number[],
): Promise<void> => {
  if (places.length === 0) return;
  const text = `update connection_import_row set act = 'link' where plan_id = $1 and ${isOneOf('place', 2)}`;
  await tx.query(text, [planId, ...asParameters(places)]);
};

export interface FindingCount {
  finding: ConnectionImportFinding;
  act: RowAct | null;
  count: number;
}

export const countFindings = (queryable: Queryable, planId: string): Promise<FindingCount[]> =>
  queryable.query(
    `select finding, act, count(*)::integer as count from connection_import_row
     where plan_id = $1 and finding is not null group by finding, act`,
    [planId],
  );

export interface ListedFinding extends Found {
  upstream_id: string | null;
  phone_number: string;
  phone_number_id: string | null;
  given: unknown;
  code: string | null;
  message: string | null;
}

export const selectFindings = (
  queryable: Queryable,
  {
    planId,
    finding,
    code,
    after,
    limit,
  }: {
    planId: string;
    finding?: ConnectionImportFinding | undefined;
    code?: string | undefined;
    after: number;
    limit: number;
  },
): Promise<ListedFinding[]> => {
  const text = `select c.place, c.upstream_id, r.phone_number, r.phone_number_id, r.given, c.finding, c.differences, c.act,
      r.planned_code as code, r.planned_message as message
    from connection_import_row c join bulk_row r on r.plan_id = c.plan_id and r.place = c.place
    where c.plan_id = $1 and c.place > $2 and c.finding is not null
      and ($3::text is null or c.finding = $3) and ($4::text is null or r.planned_code = $4)
    order by c.place limit $5`;
  return queryable.query(text, [planId, after, finding, code, limit]);
};
