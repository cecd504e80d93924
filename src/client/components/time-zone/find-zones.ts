import { timeZones } from '#contract/reading/time-zones.ts';
import { clockIn } from './time-zones.ts';
import { zoneCities } from './zone-cities.ts';

export interface FoundZone {
  zone: string;
  /** What it was found by, where that is no name of its own: a city, a former name, an abbreviation. */
  by: string | null;
}

interface Name {
  name: string;
  words: readonly string[];
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '');
const named = (name: string): Name => ({ name, words: wordsOf(name) });

/** By zone, its cities and abbreviations: `Asia/Kolkata: IST, Mumbai, Delhi`. */
const readOthers = (): Map<string, string[]> =>
  new Map(
    zoneCities
      .trim()
      .replaceAll('\n  ', ' ')
      .split('\n')
      .map((line) => line.split(': '))
      .map(([zone = '', others = '']) => [zone, others.split(', ')]),
  );

let all: readonly { zone: string; names: readonly Name[] }[] | undefined;
/** Each with its own name first. Bare offsets are no places where offices are. */
const everyZone = () => {
  if (all) return all;
  const others = readOthers();
  all = timeZones
    .filter(({ name }) => !name.startsWith('Etc/') || name === 'Etc/UTC')
    .map(({ name, aliases }) => ({
      zone: name,
      names: [name, ...aliases, ...(others.get(name) ?? [])].map(named),
    }));
  return all;
};

/** `UTC+6`, `gmt +05:30`, `−3` → `UTC+6`, as clocks say it; undefined for what is no offset. */
const offsetIn = (typed: string): string | undefined => {
  const [, sign, hours, minutes] =
    /^\s*(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?([0-5]\d))?\s*$/iu.exec(typed) ?? [];
  if (hours === undefined) return undefined;
  const past = minutes === undefined || minutes === '00' ? '' : `:${minutes}`;
  return Number(hours) === 0 && past === '' ? 'UTC' : `UTC${sign === '+' ? '+' : '−'}${Number(hours)}${past}`;
};

/** How well a name fits: 0 wholly, 1 with the beginnings of its words; undefined where it does not. */
const fit = ({ words }: Name, sought: readonly string[]): number | undefined => {
  if (words.join(' ') === sought.join(' ')) return 0;
  return sought.every((word) => words.some((each) => each.startsWith(word))) ? 1 : undefined;
};

/**
 * The zones that what is typed may mean: by their names of today and before, by the beginnings of words, by
 * large cities, by the abbreviation of their time, or by how far their clocks are from UTC now. Those it
 * names wholly come first.
 */
export const findZones = (typed: string, now: number): FoundZone[] => {
  const offset = offsetIn(typed);
  if (offset !== undefined)
    return everyZone().flatMap(({ zone }) =>
      clockIn(zone, now)?.offset === offset ? [{ zone, by: null }] : [],
    );
  const sought = wordsOf(typed);
  const found = everyZone().flatMap(({ zone, names }) => {
    const fits = names.flatMap(({ name, words }, at) => {
      const rank = fit({ name, words }, sought);
      return rank === undefined
        ? []
        : [{ rank: at === 0 ? Math.min(rank, 0.5) : rank, by: at === 0 ? null : name }];
    });
    const [best] = fits.toSorted((a, b) => a.rank - b.rank);
    return best ? [{ zone, ...best }] : [];
  });
  return found.toSorted((a, b) => a.rank - b.rank).map(({ zone, by }) => ({ zone, by }));
};
