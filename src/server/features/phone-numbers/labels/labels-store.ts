import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { escapeLike, fold } from '#server/lib/fold.ts';

/* `label_count` is written by triggers of `phone_number`: see its migration. */

export interface LabelRow {
  label: string;
  label_key: string;
  count: number;
}

export interface LabelSearch {
  /** Empty finds all. */
  q: string;
  /** The key of the last label shown, or looked at. */
  after: string | undefined;
  /** The key of the last to look at; undefined: to the end. */
  upTo: string | undefined;
  limit: number;
}

// The keys are in lower case already; without their accents they are what fold.ts makes of them.
const folded = String.raw`regexp_replace(normalize(label_key, NFKD), '[\u0300-\u036f]', '', 'g')`;

const selectLabelsText = `
  select label_key, (array_agg(label order by numbers desc, label))[1] as label, sum(numbers)::integer as count
  from (
    select label_key, label, sum(numbers)::integer as numbers from label_count
    where ($1::text is null or ${folded} like $1) and ($2::text is null or label_key > $2) and ($4::text is null or label_key <= $4)
    group by label_key, label having sum(numbers) > 0
  ) spelled
  group by label_key order by label_key limit $3`;

/** In the order of their keys. */
export const selectLabels = (
  queryable: Queryable,
  { q, after, upTo, limit }: LabelSearch,
): Promise<LabelRow[]> =>
  queryable.query({ name: 'select_labels', text: selectLabelsText }, [
    q === '' ? null : `%${escapeLike(fold(q))}%`,
    after ?? null,
    limit,
    upTo ?? null,
  ]);

/** The key that so many rows lie up to, after another; undefined where there are fewer. */
export const selectPieceEnd = async (
  queryable: Queryable,
  after: string | undefined,
  rows: number,
): Promise<string | undefined> => {
  const text = `select label_key from label_count where $1::text is null or label_key > $1
    order by label_key, label offset $2 limit 1`;
  const found = await queryable.query<{ label_key: string }>({ name: 'select_label_piece_end', text }, [
    after ?? null,
    rows - 1,
  ]);
  return found[0]?.label_key;
};

// Any number, so long as no other lock has it. Two servers that summed at once could wait for each other.
const SUMMING_LOCK = 7_412_620;

const SUMMED_AT_ONCE = 5_000;

/**
 * Housekeeping: of each label that was changed one row is left, and none of what nothing carries any more. A
 * part at a time, what has not changed is not looked at; whether there may be more.
 */
export const sumLabelCounts = async (tx: Transaction): Promise<boolean> => {
  await tx.query('select pg_advisory_xact_lock($1)', [SUMMING_LOCK]);
  const [row] = await tx.query<{ looked: number }>(
    `with differences as (
       select label_key, label from label_count where not is_sum order by label_key, label limit $1
     ), changed as (
       select distinct label_key, label from differences
     ), summed as (
       delete from label_count c using changed
       where c.label_key = changed.label_key and c.label = changed.label returning c.label, c.label_key, c.numbers
     ), kept as (
       insert into label_count (label, label_key, numbers, is_sum)
       select label, label_key, sum(numbers), true from summed group by 1, 2 having sum(numbers) <> 0
     )
     select count(*)::integer as looked from differences`,
    [SUMMED_AT_ONCE],
  );
  return row?.looked === SUMMED_AT_ONCE;
};
