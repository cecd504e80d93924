import type {
  ConnectionImport,
  ConnectionImportChoices,
  ConnectionImportFinding,
  ConnectionImportRow,
} from '#contract/bulk/connection-imports.ts';
import type { CountedPart } from '#client/components/counts-bar.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';

const kinds: readonly { id: ConnectionImportFinding; words: string; colour: string }[] = [
  { id: 'new', words: 'new', colour: 'bg-ink-2' },
  { id: 'different', words: 'different here', colour: 'bg-line-3' },
  { id: 'same', words: 'the same', colour: 'bg-line-2' },
  { id: 'elsewhere', words: 'linked elsewhere', colour: 'bg-line' },
  { id: 'unusable', words: 'unusable', colour: 'bg-harm' },
];

/** How many numbers of the account are what: those of no group are left out, but for the first three. */
export const importParts = (counts: ConnectionImport['counts']): CountedPart[] =>
  kinds
    .map((kind) => ({ ...kind, count: counts[kind.id] }))
    .filter(({ id, count }) => count > 0 || (id !== 'elsewhere' && id !== 'unusable'));

export const findingNames: Record<ConnectionImportFinding, string> = {
  new: 'New',
  different: 'Different',
  same: 'The same',
  elsewhere: 'Elsewhere',
  unusable: 'Unusable',
};

export const becomesWords: Record<ConnectionImportRow['becomes'], string> = {
  added: 'is added',
  changed: 'takes theirs',
  linked: 'is linked',
  left: 'is left alone',
};

/** How many numbers the run does something with. */
export const touchedBy = ({ to_add, to_change, to_link }: ConnectionImport['counts']): number =>
  to_add + to_change + to_link;

/** `Adds 12 numbers, links 40 as they are here and changes 3 to what is there.` */
export const runWords = ({ to_add, to_change, to_link }: ConnectionImport['counts']): string => {
  const acts = (
    [
      ['adds', to_add, ''],
      ['links', to_link, to_link === 1 ? ' as it is here' : ' as they are here'],
      ['changes', to_change, ' to what is there'],
    ] as const
  ).filter(([, count]) => count > 0);
  if (acts.length === 0) return 'Nothing is left to do.';
  const parts = acts.map(
    ([verb, count, rest], at) => `${verb} ${at === 0 ? plural(count, 'number') : formatCount(count)}${rest}`,
  );
  const sentence = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
};

/** `Adds 2 agents: Asha, Farid`, and how many get the id that they have there. */
export const agentLines = ({
  agents,
  agents_to_add: names,
  choices,
}: Pick<ConnectionImport, 'agents' | 'agents_to_add' | 'choices'>): string[] => [
  ...(agents.new > 0 && choices.agents === 'add'
    ? [
        `Adds ${plural(agents.new, 'agent')}: ${names.join(', ')}${agents.new > names.length ? ' and more' : ''}.`,
      ]
    : []),
  ...(agents.new > 0 && choices.agents === 'leave'
    ? [`${plural(agents.new, 'agent')} there ${agents.new === 1 ? 'is' : 'are'} not here, and not added.`]
    : []),
  ...(agents.named > 0
    ? [
        `${plural(agents.named, 'agent')} here by the same name ${agents.named === 1 ? 'gets' : 'get'} the id that ${agents.named === 1 ? 'it has' : 'they have'} there.`,
      ]
    : []),
];

export const choiceLabels: Record<keyof ConnectionImportChoices, string> = {
  different: 'Different here',
  new: 'New numbers',
  agents: 'New agents',
};
export const choiceWords: {
  [K in keyof ConnectionImportChoices]: Record<ConnectionImportChoices[K], string>;
} = {
  different: { keep_mine: 'Link, keep mine', take_theirs: 'Take theirs', leave: 'Leave' },
  new: { add: 'Add', leave: 'Leave' },
  agents: { add: 'Add', leave: 'Leave' },
};
