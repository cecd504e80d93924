import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import {
  isPooledByTransaction,
  selectServerFacts,
  timeNotification,
  type ServerFacts,
} from '#server/platform/db/postgres/examine.ts';
import { compareSteps, readMigrations } from '#server/platform/db/migrate/migrate.ts';
import { isHalfMoved } from '#server/platform/db/move/incoming-move.ts';
import { findMissingRights } from '#server/platform/db/migrate/schema-rights.ts';
import { bad, good, warning, type Finding } from './finding.ts';

const OLDEST = 150_000;
const CLOCK_APART_MS = 2000;

const examineVersion = ({ version, version_number: number }: ServerFacts): Finding =>
  number >= OLDEST
    ? good('database', `PostgreSQL ${version}`)
    : bad('database', `PostgreSQL ${version} is too old`, 'Move to PostgreSQL 15 or newer.');

const examineExtension = ({ has_trigrams: isThere, is_made: isMade }: ServerFacts): Finding =>
  isThere || !isMade
    ? good('extension', isThere ? 'pg_trgm is installed' : 'pg_trgm comes with the schema')
    : bad(
        'extension',
        'pg_trgm is missing',
        "Install PostgreSQL's contrib modules on its machine; `migrate` then creates it.",
      );

const examineClock = ({ clock_ms: theirs }: ServerFacts): Finding => {
  const apart = Math.abs(theirs - Date.now());
  const seen = `${(apart / 1000).toFixed(1)} s apart from the database's`;
  return apart <= CLOCK_APART_MS
    ? good('clock', seen)
    : warning(
        'clock',
        seen,
        'Let both machines keep time by NTP: sessions, keys and hours end by the clock.',
      );
};

const examineSchema = async (database: Database): Promise<Finding> => {
  const { missing, isNewer } = await compareSteps(database);
  if (isNewer)
    return bad(
      'schema',
      'of a newer Cordboard than this one',
      'Start that version, or restore a backup taken before.',
    );
  if (await isHalfMoved(database))
    return bad('schema', 'being filled by `move`', 'Run that command again: it goes on where it stopped.');
  if (missing.length > 0)
    return warning(
      'schema',
      `lacks ${missing.length} steps, the first is ${missing[0]}`,
      'Run `migrate` with the URL of the role that owns the tables.',
    );
  return good('schema', 'up to date');
};

const examineRole = async (
  database: Database,
  { user, is_superuser: isSuperuser, is_owner: isOwner }: ServerFacts,
): Promise<Finding> => {
  const repair = 'Let the server run under a lesser role: `migrate --grant ROLE`, see /docs/operations.';
  if (isSuperuser)
    return warning('role', `${user} is a superuser: it can drop whatever guards the audit log`, repair);
  if (isOwner)
    return warning('role', `${user} owns the tables: it can drop whatever guards the audit log`, repair);
  const missing = await findMissingRights(database, await readMigrations());
  if (missing.length === 0) return good('role', `${user} may do what a server must, and no more`);
  return bad(
    'role',
    `${user} lacks ${missing.join(', ')}`,
    `Run \`migrate --grant ${user}\` with the URL of the role that owns the tables.`,
  );
};

const examineNotifications = async (url: string): Promise<Finding[]> => {
  const repair =
    'Give DATABASE_URL the address of the server itself, or pool by session (PgBouncer: pool_mode = session).';
  const [ms, isPooled] = [await timeNotification(url), await isPooledByTransaction(url)];
  return [
    ms === null
      ? bad('notifications', 'do not arrive', repair)
      : good('notifications', `arrive after ${Math.ceil(ms)} ms`),
    isPooled
      ? bad('pooler', 'one in transaction mode is in between: each transaction has another session', repair)
      : good('pooler', 'none in transaction mode'),
  ];
};

/** All there is to say of the database, whichever it is. */
export const examineDatabase = async (database: Database, { databaseUrl }: Config): Promise<Finding[]> => {
  const facts = await selectServerFacts(database);
  const ofBoth = [examineVersion(facts), await examineSchema(database), examineExtension(facts)];
  if (databaseUrl === null) return ofBoth;
  return [
    ...ofBoth,
    ...(await examineNotifications(databaseUrl)),
    examineClock(facts),
    await examineRole(database, facts),
  ];
};
