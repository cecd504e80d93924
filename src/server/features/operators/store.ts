import type { Role } from '#contract/access.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface OperatorRecord {
  id: string;
  name: string;
  email: string;
  role: Role;
  disabled_at: Date | null;
  created_at: Date;
}

const columns = 'id, name, email, role, disabled_at, created_at';

export const selectOperators = (db: Queryable): Promise<OperatorRecord[]> =>
  db.query<OperatorRecord>(`select ${columns} from operator order by lower(name), id`);

export const selectOperatorByEmail = async (db: Queryable, email: string): Promise<OperatorRecord | null> =>
  (await db.query<OperatorRecord>(`select ${columns} from operator where email = $1`, [email]))[0] ?? null;

export const selectOperator = async (db: Queryable, id: string): Promise<OperatorRecord | null> =>
  (await db.query<OperatorRecord>(`select ${columns} from operator where id = $1`, [id]))[0] ?? null;

export const lockOperator = async (tx: Transaction, id: string): Promise<OperatorRecord | null> =>
  (await tx.query<OperatorRecord>(`select ${columns} from operator where id = $1 for update`, [id]))[0] ??
  null;

export const hasOtherAdmin = async (tx: Transaction, id: string): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from operator where role = 'admin' and disabled_at is null and id <> $1 limit 1`,
      [id],
    )
  ).length > 0;

export const updateOperatorRow = async (
  tx: Transaction,
  { id, name, role, disabled_at }: OperatorRecord,
): Promise<void> => {
  await tx.query('update operator set name = $2, role = $3, disabled_at = $4 where id = $1', [
    id,
    name,
    role,
    disabled_at,
  ]);
};
