import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import { recordColumns } from './columns.ts';
import type { PhoneNumberRow } from './row.ts';

// As the index of migration 0012 says it, else that is not used.
const isOutdated = `search_text not like E'\\n%'`;

// Any number, so long as no other lock has it.
const RENEWAL_LOCK = 7_412_606;

/** True until the transaction ends: nobody else renews meanwhile. */
export const takeRenewal = async (tx: Transaction): Promise<boolean> => {
  const [row] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
    RENEWAL_LOCK,
  ]);
  return row?.taken === true;
};

export const hasOutdated = async (queryable: Queryable): Promise<boolean> =>
  (await queryable.query(`select 1 from phone_number where ${isOutdated} limit 1`)).length > 0;

const lockText = `select ${recordColumns} from phone_number p where ${isOutdated} and id > $1 order by id limit $2 for no key update`;

/**
 * The next ones whose text is outdated. Nobody changes them until the transaction ends, so that no newer text
 * is overwritten.
 */
export const lockOutdated = (tx: Transaction, after: string, limit: number): Promise<PhoneNumberRow[]> =>
  tx.query({ name: 'lock_outdated', text: lockText, instants: 'iso' }, [after, limit]);

const writeTexts = forRows(
  'renew_search_texts',
  { id: 'text', search_text: 'text' },
  ({ rows, isGiven }) =>
    `update phone_number p set search_text = given.search_text from ${rows} where ${isGiven}`,
);

/** Of locked numbers. What people see of them is as it was: neither version nor date changes. */
export const renewSearchTexts = async (
  tx: Transaction,
  texts: readonly { id: string; search_text: string }[],
): Promise<void> => {
  await writeTexts(tx, texts);
};
