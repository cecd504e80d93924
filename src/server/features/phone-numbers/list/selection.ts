import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import { answersNow, type HoursNow } from './answering-store.ts';
import { conditionsOf, rangeOf, type PhoneNumberFilter } from './conditions.ts';
import type { SearchTerm } from './search-terms.ts';
import { addingTo, type Add } from './values.ts';

export interface FoundTerm extends SearchTerm {
  agentIds: readonly string[];
}

/** Which numbers: filters and search. Values are numbered as they come. */
export interface Selection {
  where: string;
  /** The same in parts that no row is in twice, each of which the indexes find well. */
  parts: readonly string[];
  values: readonly unknown[];
  /** Nothing is filtered out. */
  isUnfiltered: boolean;
  /** The part of it that the planner's statistics know about. */
  forEstimate: { where: string; values: readonly unknown[] };
  /** Conditions on what this order sorts by; a walk down it goes no further. */
  rangeOf: (field: PhoneNumberSortField, add: Add) => string[];
}

/** The conditions of a term: on the number's own texts, and on the agents whose names match. */
interface Ways {
  own: string;
  agents: string | null;
}

const waysOf = (term: FoundTerm, add: Add): Ways => {
  const own = [
    ...term.contains.map((pattern) => `search_text like ${add(pattern)}`),
    ...term.numberBegins.map((pattern) => `phone_number like ${add(pattern)}`),
    ...term.nameBegins.map((pattern) => `name_key like ${add(pattern)}`),
  ].join(' or ');
  const ids = term.agentIds.length > 0 ? add(term.agentIds) : null;
  return { own, agents: ids && `inbound_agent_id = any (${ids}) or outbound_agent_id = any (${ids})` };
};

const either = ({ own, agents }: Ways) => `(${agents === null ? own : `${own} or ${agents}`})`;

// Each term that agents match doubles the parts.
const MOST_PARTS = 8;

/**
 * `and` of all terms as parts that no row is in twice. Within one condition the planner uses the index of texts
 * for one of its sides alone, and reads every row of the agents found.
 */
const partsOf = (terms: readonly Ways[]): string[] => {
  if (terms.length === 1 || 2 ** terms.filter(({ agents }) => agents !== null).length > MOST_PARTS)
    return [terms.map(either).join(' and ')];
  return terms.reduce<string[]>(
    (parts, { own, agents }) => {
      const sides = agents === null ? [`(${own})`] : [`(${own})`, `not (${own}) and (${agents})`];
      return parts.flatMap((part) => sides.map((side) => (part === '' ? side : `${part} and ${side}`)));
    },
    [''],
  );
};

/** `now` counts only where `filter.answering_now` is set; `among` are the numbers that are there, or others. */
export const selectionOf = (
  filter: PhoneNumberFilter,
  terms: readonly FoundTerm[],
  now: HoursNow,
  among = 'deleted_at is null',
): Selection => {
  const values: unknown[] = [];
  const add = addingTo(values);
  const filters = [among, ...conditionsOf(filter, add)];
  const ways = terms.map((term) => waysOf(term, add));
  const forEstimate = { where: [...filters, ...ways.map(either)].join(' and '), values: [...values] };
  const exactly = filter.answering_now === undefined ? [] : [answersNow(filter.answering_now, now, add)];
  return {
    where: [forEstimate.where, ...exactly].join(' and '),
    parts: partsOf(ways).map((part) =>
      [...filters, ...(part === '' ? [] : [part]), ...exactly].join(' and '),
    ),
    values,
    isUnfiltered: filters.length === 1 && ways.length === 0,
    forEstimate,
    rangeOf: (field, addTo) => rangeOf(filter, field, addTo),
  };
};
