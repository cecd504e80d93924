import pg from 'pg';
import type { Database, Queryable } from '#server/platform/db/database.ts';

/**
 * The promise: a server can run under a role that reads and writes what it must and nothing else. Such a role
 * does not own the tables: it changes no schema, drops no rule, and only ever adds to the audit log.
 */
const rightsByTable: Record<string, readonly string[]> = {
  schema_migration: ['SELECT'],
  audit_event: ['SELECT', 'INSERT'],
};
const everyRight = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const rightsOn = (table: string) => rightsByTable[table] ?? everyRight;

export interface SchemaAccess {
  role: string;
  isMade: boolean;
  mayMigrate: boolean;
  mayReadSteps: boolean;
}

type Steps = readonly { sql: string }[];

/**
 * Those that Cordboard makes. The schema may hold others, of the same owner too: they are nobody's business
 * here.
 */
export const tablesOf = (steps: Steps): string[] => [
  'schema_migration',
  ...steps.flatMap(({ sql }) =>
    [...sql.matchAll(/^create table (\w+)/gim)].flatMap(([, name]) => name ?? []),
  ),
];

const ownTables = `from pg_class c join pg_class first on first.oid = to_regclass('schema_migration')
  where c.relnamespace = first.relnamespace and c.relkind in ('r', 'p')`;

export const readSchemaAccess = async (queryable: Queryable): Promise<SchemaAccess> => {
  const [access] = await queryable.query<SchemaAccess>(
    `select current_user::text as role, made is not null as "isMade",
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
         and coalesce((select pg_has_role(relowner, 'USAGE') from pg_class where oid = made), true) as "mayMigrate",
       coalesce(has_table_privilege(made, 'SELECT'), false) as "mayReadSteps"
     from to_regclass('schema_migration') as made`,
  );
  if (!access) throw new Error('PostgreSQL did not say what this role may do');
  return access;
};

/** What the present role may not do though a server must, as in `UPDATE on agent`. */
export const findMissingRights = async (queryable: Queryable, steps: Steps): Promise<string[]> => {
  const rights = await queryable.query<{ name: string; right: string; has: boolean }>(
    `select c.relname::text as name, wanted as right, has_table_privilege(c.oid, wanted) as has
     from unnest($1::text[]) as wanted, lateral (select c.* ${ownTables} and c.relname = any($2)) as c order by name, wanted`,
    [everyRight, tablesOf(steps)],
  );
  return rights
    .filter(({ name, right, has }) => !has && rightsOn(name).includes(right))
    .map(({ name, right }) => `${right} on ${name}`);
};

/** Said to whoever typed the command. */
export class GrantRefused extends Error {
  override readonly name = 'GrantRefused';
}

/**
 * Gives `role` exactly what a server needs of the tables there are; the owner does it again after each
 * migration.
 */
export const grantServerRights = (database: Database, role: string, steps: Steps): Promise<void> =>
  database.transaction(async (tx) => {
    const [found] = await tx.query<{ owns: boolean }>(
      `select pg_has_role(r.oid, c.relowner, 'USAGE') as owns from pg_roles r, pg_class c
       where r.rolname = $1 and c.oid = to_regclass('schema_migration')`,
      [role],
    );
    if (!found)
      throw new GrantRefused(
        `There is no role ${role}. Make it first: CREATE ROLE ${role} LOGIN PASSWORD '…'`,
      );
    if (found.owns)
      throw new GrantRefused(
        `${role} owns the tables or is a superuser: name a role of the server's own, which may do less.`,
      );
    const name = pg.escapeIdentifier(role);
    const tables = await tx.query<{ name: string; schema: string }>(
      `select c.relname::text as name, c.relnamespace::regnamespace::text as schema ${ownTables} and c.relname = any($1)`,
      [tablesOf(steps)],
    );
    for (const schema of new Set(tables.map((table) => table.schema)))
      await tx.query(`GRANT USAGE ON SCHEMA ${schema} TO ${name}`);
    for (const table of tables) {
      const target = `${table.schema}.${pg.escapeIdentifier(table.name)}`;
      await tx.query(
        `REVOKE ALL ON ${target} FROM ${name}; GRANT ${rightsOn(table.name).join(', ')} ON ${target} TO ${name}`,
      );
    }
  });
