import type { View, ViewCreate } from '#contract/views.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';

export interface ViewRow extends Pick<
  View,
  'name' | 'filter' | 'sort' | 'columns' | 'pinned' | 'shared' | 'version'
> {
  id: string;
  owner_kind: Actor['kind'];
  owner_id: string | null;
  owner_name: string;
}

/** What of a view is changed. */
export type ViewValues = Omit<ViewCreate, 'shared'> & { shared: boolean };

const columns = 'id, name, filter, sort, columns, pinned, shared, owner_kind, owner_id, owner_name, version';

/** Those of this owner and those that are shared, by name. */
export const selectViews = (
  queryable: Queryable,
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
): Promise<ViewRow[]> =>
  queryable.query(
    {
      name: 'select_views',
      text: `select ${columns} from list_view where shared or (owner_kind = $1 and owner_id = $2) order by lower(name), id`,
    },
    [kind, id],
  );

export const lockView = async (tx: Transaction, id: string): Promise<ViewRow | undefined> => {
  const [row] = await tx.query<ViewRow>(`select ${columns} from list_view where id = $1 for update`, [id]);
  return row;
};

// Any number, so long as no other lock has it.
const VIEWS_LOCK = 7_412_631;

export interface ViewCounts {
  /** Of this owner, shared or not as this one is. */
  ofOwner: number;
  /** Shared, whoever owns them. */
  shared: number;
}

/** How many there are beside this one; nobody else adds or shares any until the transaction ends. */
export const countBeside = async (
  tx: Transaction,
  { id, kind, ownerId, shared }: { id: string; kind: Actor['kind']; ownerId: string | null; shared: boolean },
): Promise<ViewCounts> => {
  await tx.query('select pg_advisory_xact_lock($1)', [VIEWS_LOCK]);
  const text = `select count(*) filter (where shared = $4 and owner_kind = $2 and owner_id is not distinct from $3) as "ofOwner",
    count(*) filter (where shared) as shared from list_view where id <> $1`;
  const [counts] = await tx.query<ViewCounts>(text, [id, kind, ownerId, shared]);
  return counts ?? { ofOwner: 0, shared: 0 };
};

const valuesOf = ({ name, filter, sort, columns: shown, pinned, shared }: ViewValues) => [
  name,
  JSON.stringify(filter),
  sort,
  shown,
  pinned,
  shared,
];

export const insertView = async (
  tx: Transaction,
  id: string,
  values: ViewValues,
  { kind, id: ownerId, name }: Pick<Actor, 'kind' | 'id' | 'name'>,
): Promise<void> => {
  const text = `insert into list_view (id, name, filter, sort, columns, pinned, shared, owner_kind, owner_id, owner_name)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
  await tx.query(text, [id, ...valuesOf(values), kind, ownerId, name]);
};

/** Writes the next version of a locked view; returns it. */
export const updateViewRow = async (tx: Transaction, id: string, values: ViewValues): Promise<number> => {
  const text = `update list_view set (name, filter, sort, columns, pinned, shared) = ($2, $3, $4, $5, $6, $7),
    version = version + 1 where id = $1 returning version`;
  const [row] = await tx.query<{ version: number }>(text, [id, ...valuesOf(values)]);
  if (!row) throw new Error('The locked view is gone');
  return row.version;
};

export const deleteViewRow = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('delete from list_view where id = $1', [id]);
};
