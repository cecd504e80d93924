import type { Import } from '#contract/bulk/imports.ts';
import { providerList, providerNames } from '#contract/numbers/choices.ts';
import type { Choices } from '#client/features/imports/plan/choices.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';

/** Why many rows are refused, and the choices that would have them imported. */
export interface Remedy {
  code: string;
  words: string;
  ways: readonly Way[];
  /** A country is what they lack: which one is asked for. */
  lacksCountry: boolean;
}

interface Way {
  label: string;
  choice: Partial<Choices>;
}

interface Known {
  /** After `All 274 rows are refused: `, of one and of many. */
  because: readonly [one: string, many: string];
  ways: readonly Way[];
  /** What the reason itself names where a way would mend it; absent: it always would. */
  named?: string;
  /** What the ways are called where it is one row. */
  ofOne?: readonly string[];
  lacksCountry?: true;
}

const known: Readonly<Record<string, Known>> = {
  phone_number_taken: {
    because: ['its number is there already', 'their numbers are there already'],
    ways: [
      { label: 'Update them', choice: { existing: 'update' } },
      { label: 'Leave them as they are', choice: { existing: 'skip' } },
    ],
    ofOne: ['Update it', 'Leave it as it is'],
  },
  provider_missing: {
    because: ['the file does not say its provider', 'the file does not say their provider'],
    ways: providerList.map((provider) => ({
      label: providerNames[provider],
      choice: { defaultProvider: provider },
    })),
  },
  agent_not_found: {
    because: ['it names an agent nobody knows', 'they name agents nobody knows'],
    // An agent that is named by its id cannot be added.
    named: 'unknown_agents=create',
    ways: [{ label: 'Add such agents', choice: { unknownAgents: 'create' } }],
    ofOne: ['Add the agent'],
  },
  country_code_missing: {
    because: ['its number is without a country', 'their numbers are without a country'],
    ways: [],
    lacksCountry: true,
  },
  spreadsheet_plus_lost: {
    because: ['its number has lost its +', 'their numbers have lost their +'],
    ways: [{ label: 'Put the + in front', choice: { digits: 'international' } }],
  },
};

const SHOWN = 4;

const rowsWords = (count: number, total: number): string => {
  if (count === 1 || count < total) return plural(count, 'row');
  return count === 2 ? 'Both rows' : `All ${formatCount(count)} rows`;
};

/** The reasons that a choice would mend, the most frequent first. */
export const remediesOf = ({ refusals, counts }: Pick<Import, 'refusals' | 'counts'>): Remedy[] => {
  const byCode = new Map<string, number>();
  for (const { code, message, count } of refusals)
    if (message.includes(known[code]?.named ?? '')) byCode.set(code, (byCode.get(code) ?? 0) + count);
  return [...byCode]
    .toSorted(([, one], [, other]) => other - one)
    .flatMap(([code, count]) => {
      const remedy = known[code];
      if (remedy === undefined) return [];
      const because = remedy.because[count === 1 ? 0 : 1];
      const verb = count === 1 ? 'is' : 'are';
      const ways = remedy.ways.map((way, at) => ({
        ...way,
        label: (count === 1 ? remedy.ofOne?.[at] : undefined) ?? way.label,
      }));
      return [
        {
          code,
          words: `${rowsWords(count, counts.total)} ${verb} refused: ${because}.`,
          ways,
          lacksCountry: remedy.lacksCountry === true,
        },
      ];
    })
    .slice(0, SHOWN);
};
