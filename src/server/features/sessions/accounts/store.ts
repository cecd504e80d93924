import type { Role } from '#contract/access.ts';
import type { MeAsOperator, MePatch } from '#contract/sessions.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface OperatorRow {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface SessionRow {
  id: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  fresh_until: Date;
  address: string | null;
  user_agent: string | null;
}

/** A session and whose it is, as one look at the database sees them. */
export interface KnownSession extends Pick<SessionRow, 'id' | 'last_seen_at' | 'expires_at' | 'fresh_until'> {
  operator: OperatorRow;
}

const prepared = (name: string, text: string) => ({ name, text });

const selectKnownSession = prepared(
  'select_known_session',
  `select s.id, s.last_seen_at, s.expires_at, s.fresh_until,
      json_build_object('id', o.id, 'name', o.name, 'email', o.email, 'role', o.role) as operator
    from session s join operator o on o.id = s.operator_id
    where s.token_hash = $1 and o.disabled_at is null`,
);
export const findKnownSession = async (db: Queryable, tokenHash: Buffer): Promise<KnownSession | null> =>
  (await db.query<KnownSession>(selectKnownSession, [tokenHash]))[0] ?? null;

/** By e-mail, with the password's hash: null where there is none. Disabled operators are there too. */
export const findSignIn = async (
  db: Queryable,
  email: string,
): Promise<(OperatorRow & { hash: string | null }) | null> =>
  (
    await db.query<OperatorRow & { hash: string | null }>(
      prepared(
        'select_sign_in',
        `select o.id, o.name, o.email, o.role, p.hash from operator o left join operator_password p on p.operator_id = o.id where o.email = $1`,
      ),
      [email],
    )
  )[0] ?? null;

export const findPasswordHash = async (db: Queryable, operatorId: string): Promise<string | null> =>
  (
    await db.query<{ hash: string }>('select hash from operator_password where operator_id = $1', [
      operatorId,
    ])
  )[0]?.hash ?? null;

/**
 * Locks the operator against changes until the transaction ends; null unless enabled and the password is
 * still this one.
 */
export const lockSignIn = async (
  tx: Transaction,
  operatorId: string,
  passwordHash: string,
): Promise<OperatorRow | null> => {
  // Two statements: the second sees what was committed while the first waited.
  await tx.query('select 1 from operator where id = $1 for update', [operatorId]);
  const [row] = await tx.query<OperatorRow>(
    `select o.id, o.name, o.email, o.role from operator o join operator_password p on p.operator_id = o.id
      where o.id = $1 and o.disabled_at is null and p.hash = $2`,
    [operatorId, passwordHash],
  );
  return row ?? null;
};

export const insertOperator = async (
  tx: Transaction,
  operator: OperatorRow,
  passwordHash: string,
): Promise<void> => {
  await tx.query('insert into operator (id, name, email, role) values ($1, $2, $3, $4)', [
    operator.id,
    operator.name,
    operator.email,
    operator.role,
  ]);
  await tx.query('insert into operator_password (operator_id, hash) values ($1, $2)', [
    operator.id,
    passwordHash,
  ]);
};

export const updatePassword = async (
  tx: Transaction,
  operatorId: string,
  passwordHash: string,
): Promise<void> => {
  await tx.query('update operator_password set hash = $2, changed_at = now() where operator_id = $1', [
    operatorId,
    passwordHash,
  ]);
  // Some may be of whoever made a new password necessary.
  await tx.query('delete from known_device where operator_id = $1', [operatorId]);
};

export type ListPreferences = Pick<MeAsOperator, 'list_columns' | 'compact_rows'>;

/** Null for whoever is disabled by now. */
export const selectListPreferences = async (
  db: Queryable,
  operatorId: string,
): Promise<ListPreferences | null> =>
  (
    await db.query<ListPreferences>(
      prepared(
        'select_list_preferences',
        'select list_columns, compact_rows from operator where id = $1 and disabled_at is null',
      ),
      [operatorId],
    )
  )[0] ?? null;

/** Absent is unchanged, null the default. Answers what holds then; null for whoever is disabled by now. */
export const updateListPreferences = async (
  db: Queryable,
  operatorId: string,
  { list_columns: columns, compact_rows: isCompact }: MePatch,
): Promise<ListPreferences | null> =>
  (
    await db.query<ListPreferences>(
      `update operator set
          list_columns = case when $2 then $3::text[] else list_columns end,
          compact_rows = case when $4 then coalesce($5, false) else compact_rows end
        where id = $1 and disabled_at is null returning list_columns, compact_rows`,
      [operatorId, columns !== undefined, columns ?? null, isCompact !== undefined, isCompact ?? null],
    )
  )[0] ?? null;

export const insertSession = async (
  tx: Transaction,
  session: SessionRow & { operator_id: string; token_hash: Buffer },
): Promise<void> => {
  await tx.query(
    `insert into session (id, operator_id, token_hash, created_at, last_seen_at, expires_at, fresh_until, address, user_agent)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      session.id,
      session.operator_id,
      session.token_hash,
      session.created_at,
      session.last_seen_at,
      session.expires_at,
      session.fresh_until,
      session.address,
      session.user_agent,
    ],
  );
};

export const selectSessions = (db: Queryable, operatorId: string): Promise<SessionRow[]> =>
  db.query<SessionRow>(
    `select id, created_at, last_seen_at, expires_at, fresh_until, address, user_agent from session
      where operator_id = $1 order by last_seen_at desc, id`,
    [operatorId],
  );

/**
 * Ends one session of this operator, or all where `sessionId` is null. Answers the ids of those that were
 * open.
 */
export const deleteSessions = async (
  tx: Transaction,
  operatorId: string,
  sessionId: string | null,
): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      'delete from session where operator_id = $1 and ($2::text is null or id = $2) returning id',
      [operatorId, sessionId],
    )
  ).map((row) => row.id);

export const updateFreshness = async (
  tx: Transaction,
  sessionId: string,
  freshUntil: Date,
): Promise<boolean> =>
  (await tx.query('update session set fresh_until = $2 where id = $1 returning 1', [sessionId, freshUntil]))
    .length > 0;

export const touchSession = (db: Queryable, sessionId: string, seenAt: Date): Promise<unknown> =>
  db.query(
    prepared('touch_session', 'update session set last_seen_at = $2 where id = $1 and last_seen_at < $2'),
    [sessionId, seenAt],
  );

export const deleteEndedSessions = (tx: Transaction, now: Date, idleSince: Date): Promise<unknown> =>
  tx.query('delete from session where expires_at < $1 or last_seen_at < $2', [now, idleSince]);
