import { fields, isFieldName } from '#contract/numbers/fields.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { hasColumn } from '#server/features/phone-numbers/rows/columns.ts';
import { selectLooks } from '#server/features/phone-numbers/rows/alike-store.ts';
import type { PhoneNumberChange } from './change.ts';
import type { Judgement } from './outcome.ts';

type Judge = (
  tx: Transaction,
  context: RequestContext,
  changes: readonly PhoneNumberChange[],
) => Promise<Judgement[]>;

/** What was found of numbers that are alike, by what they have in the columns that count. */
export type KnownJudgements = Map<string, Judgement>;

/** So many are remembered: where numbers differ so much, nothing is gained by it. */
const MAX_KNOWN = 500;
// With these each number is like none but itself, and what is known of it may be large.
const ownColumns = ['routing', 'call_handling', 'metadata', 'notes'];

/**
 * The columns by which a change of these fields is judged, beside the provider; null where it takes more than
 * what is stored with the number itself, as a credential does.
 */
export const columnsJudged = (names: readonly string[]): string[] | null => {
  const columns = new Set<string>();
  for (const name of names) {
    // A field that there is not is refused whatever is stored.
    if (!isFieldName(name)) continue;
    if (fields[name].kind === 'credential') return null;
    columns.add(hasColumn(name) ? name : 'settings');
  }
  return [...columns];
};

/**
 * The same change of many numbers, judged once for all that are alike in what it goes by: the rules see one of
 * them.
 */
export const createJudgeAlike =
  (judgePhoneNumbers: Judge) =>
  async (
    tx: Transaction,
    context: RequestContext,
    changes: readonly PhoneNumberChange[],
    { columns, known }: { columns: readonly string[]; known: KnownJudgements },
  ): Promise<Judgement[]> => {
    const looks = await selectLooks(
      tx,
      changes.map(({ id }) => id),
      columns,
    );
    const versions = new Map(looks.map(({ id, version }) => [id, version]));
    const lookOf = new Map(looks.map(({ id, look }) => [id, look]));
    const firsts = new Map<string, PhoneNumberChange>();
    const keyOf = ({ id, version }: PhoneNumberChange): string => {
      const look = lookOf.get(id);
      // One that is gone or has changed since is like no other.
      return look === undefined || versions.get(id) !== version ? id : look;
    };
    for (const change of changes) {
      const key = keyOf(change);
      if (!known.has(key) && !firsts.has(key)) firsts.set(key, change);
    }
    const found = await judgePhoneNumbers(tx, context, [...firsts.values()]);
    const judged = new Map([...firsts.keys()].map((key, at) => [key, found[at]]));
    if (known.size + judged.size <= MAX_KNOWN && !columns.some((name) => ownColumns.includes(name)))
      for (const [key, judgement] of judged) if (judgement !== undefined) known.set(key, judgement);
    return changes.map((change) => {
      const key = keyOf(change);
      const judgement = judged.get(key) ?? known.get(key);
      if (judgement === undefined) throw new Error('Each number is judged');
      return judgement;
    });
  };
