import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { carriers, labels, purposes, ranges } from '#server/cli/commands/seed-numbers.ts';
import type { Caller } from '../http.ts';
import { median } from './load.ts';

const ROUNDS = 5;
const TERMS = 160;

const cities = ranges.flatMap(([, , names]) => names);
const first = (text: string, letters: number) => Array.from(text).slice(0, letters).join('');
const last = (text: string, letters: number) => Array.from(text).slice(-letters).join('');
const purpose = (at: number) => purposes[at % purposes.length] ?? '';

/**
 * What people type into the search box: words whole and begun, two of them, middles of words, numbers,
 * trunks, and what nobody has.
 */
const terms: readonly string[] = [
  'bai ph',
  'Dubai fron',
  'Los Angeles',
  'ph',
  's',
  ...cities,
  ...cities.slice(0, 24).map((city, at) => `${city} ${first(purpose(at), 4)}`),
  ...cities.slice(0, 15).map((city, at) => `${last(city, 3)} ${first(purpose(at), 2)}`),
  ...cities.slice(0, 15).map((city) => first(city, 2)),
  ...purposes,
  ...purposes.map((words, at) => `${first(words, 2)} ${first(cities[at] ?? '', 2)}`),
  ...labels,
  ...ranges.slice(0, 8).map(([prefix]) => prefix),
  ...ranges.slice(0, 5).map(([prefix, digits]) => `${prefix}${'31337'.padStart(digits, '0')}`),
  '020 7946',
  '31337',
  '8801',
  '49',
  'agent 7',
  'AC00',
  'nobody has this',
  'zz',
  ...carriers,
  ...cities.slice(15, 24).map((city) => first(city, 3)),
];
export const searchedTerms: readonly string[] = [...new Set(terms)].slice(0, TERMS);

export interface SearchFigures {
  terms: number;
  /** Milliseconds: of a page of the whole list, and of what 95 % of the terms take at most. */
  pageMs: number;
  p95Ms: number;
  ratio: number;
  slowest: readonly { term: string; ms: number; found: number }[];
}

/**
 * Each term is asked alone, taking turns with a page of the whole list; of each the median of the rounds
 * counts.
 */
export const measureSearch = async (session: Caller, include: string): Promise<SearchFigures> => {
  const path = `/v1/phone-numbers?page_size=50&sort=-updated_at${include}`;
  const time = async (address: string) => {
    const startedAt = performance.now();
    const { phone_numbers: numbers } = await session.get<PhoneNumberList>(address);
    return { ms: performance.now() - startedAt, found: numbers.length };
  };
  const pages: number[] = [];
  const taken = new Map(searchedTerms.map((term) => [term, { found: 0, ms: [] as number[] }]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [term, each] of taken) {
      const page = await time(path);
      const { ms, found } = await time(`${path}&q=${encodeURIComponent(term)}`);
      // The first round fills what the database keeps in memory.
      if (round === 0) continue;
      pages.push(page.ms);
      each.ms.push(ms);
      each.found = found;
    }
  const slowestFirst = [...taken]
    .map(([term, { ms, found }]) => ({ term, found, ms: median(ms) }))
    .toSorted((a, b) => b.ms - a.ms);
  const pageMs = median(pages);
  const p95Ms = slowestFirst[Math.floor(slowestFirst.length * 0.05)]?.ms ?? 0;
  return {
    terms: slowestFirst.length,
    pageMs,
    p95Ms,
    ratio: p95Ms / pageMs,
    slowest: slowestFirst.slice(0, 8),
  };
};
