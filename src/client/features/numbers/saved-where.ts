import type { LinkState } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';

/*
 * Where a save has arrived. The promise: nothing is called saved on a platform but what the platform said it has.
 */

/** Why it is not there yet. */
const whyNot: Record<Exclude<LinkState, 'synced'>, string> = {
  pending: 'waiting',
  retrying: 'trying again',
  refused: 'refused',
  conflict: 'changed there, too',
  drift: 'changed there',
  held: 'a credential is missing',
  gone: 'the number is gone there',
};

type Names = ReadonlyMap<string, string> | undefined;
const nameOf = (names: Names, id: string) => names?.get(id) ?? 'the platform';

const listOf = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What is said after what was done: `, and on Verbex`, or `. Not on Verbex yet: waiting`; nothing where it is not linked. */
export const whereWords = ({ links }: Pick<PhoneNumber, 'links'>, names: Names): string => {
  if (links.length === 0) return '';
  const waiting = links.flatMap(({ state, connection_id: id }) =>
    state === 'synced' ? [] : [`Not on ${nameOf(names, id)} yet: ${whyNot[state]}`],
  );
  return waiting.length > 0
    ? `. ${waiting.join('. ')}`
    : `, and on ${listOf.format(links.map(({ connection_id: id }) => nameOf(names, id)))}`;
};

/** What a save is called: of a linked number it says where it has arrived. */
export const savedWords = (record: Pick<PhoneNumber, 'links'>, names: Names): string => {
  const where = whereWords(record, names);
  return where.startsWith('.') ? `Saved here${where}` : `Saved${where}`;
};
