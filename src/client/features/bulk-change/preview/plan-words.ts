import type { BulkPlan, ReplacedIn } from '#contract/bulk/plans.ts';
import { credentialNames } from '#contract/numbers/fields.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';

// As long as outcomes are kept; the contract's own constant would bring its schemas.
const UNDO_DAYS = 30;

const isCredential = (field: string) => (credentialNames as readonly string[]).includes(field);

/** Whether this can be taken back, and what cannot. */
export const wayBackWords = ({ kind, fields }: Pick<BulkPlan, 'kind' | 'fields'>): string => {
  if (kind === 'delete')
    return `Calls to these numbers are no longer answered. For ${RESTORABLE_DAYS} days they can be restored, their credentials with them; after that they are gone for good.`;
  if (kind === 'rotate') return 'This cannot be undone: the credential that is there now is not kept.';
  if (kind === 'restore')
    return 'What has gone since a number was deleted, as an agent that was retired, does not come back with it.';
  const usual = `Can be undone for ${UNDO_DAYS} days, where nobody has changed the same field since.`;
  return fields.some(isCredential) ? `${usual} Credentials cannot: those of before are not kept.` : usual;
};

const places: Record<keyof ReplacedIn, string> = {
  inbound_agent_id: 'as inbound agent on',
  outbound_agent_id: 'as outbound agent on',
  rules: 'in rules on',
  fallback: 'as fallback on',
  temporary_reassignment: 'as stand-in on',
};

/** `Replaced as inbound agent on 120 numbers, in rules on 3.`; null of another change, and where there is nothing. */
export const replacedInWords = ({ replaced_in: counts }: Pick<BulkPlan, 'replaced_in'>): string | null => {
  const parts = (Object.keys(places) as (keyof ReplacedIn)[]).flatMap((place) =>
    counts !== null && counts[place] > 0 ? [{ words: places[place], count: counts[place] }] : [],
  );
  if (parts.length === 0) return null;
  const told = parts.map(
    ({ words, count }, at) => `${words} ${at === 0 ? plural(count, 'number') : formatCount(count)}`,
  );
  return `Replaced ${told.join(', ')}.`;
};

const verbs: Partial<Record<BulkPlan['kind'], string>> = { delete: 'Delete', restore: 'Restore' };

/** `Change 11,512 numbers` */
export const runWords = ({ kind, counts }: Pick<BulkPlan, 'kind' | 'counts'>): string =>
  `${verbs[kind] ?? 'Change'} ${plural(counts.changed, 'number')}`;

/** Why there is nothing to run; null where there is. */
export const nothingWords = ({ kind, counts }: Pick<BulkPlan, 'kind' | 'counts'>): string | null => {
  const { total, changed, unchanged, refused } = counts;
  if (total === 0) return 'No number matches any more. Select others, or change the filter.';
  if (changed > 0) return null;
  const verb = verbs[kind]?.toLowerCase() ?? 'change';
  const nothing = `There is nothing to ${verb}:`;
  if (refused === 0) return `${nothing} all are so already.`;
  const [past, reasons] = [`${verb}d`, refused === 1 ? 'the reason is' : 'the reasons are'];
  if (unchanged === 0)
    return `${nothing} ${refused === 1 ? 'this number' : `these ${plural(refused, 'number')}`} cannot be ${past}; ${reasons} below.`;
  return `${nothing} ${formatCount(unchanged)} ${unchanged === 1 ? 'is' : 'are'} so already, and ${formatCount(refused)} cannot be ${past}; ${reasons} below.`;
};
