import { partLabels } from '#contract/numbers/fields.ts';
import type { Conditions, Routing, Rule, TemporaryReassignment } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import { pairRules, unmoved } from './rule-pairs.ts';
import { durationWords, isSame, listChangeWords } from './value-words.ts';
import { destinationWords, ruleWords, type NameOf } from './words.ts';

/** What became of routing, line by line, for the history and for what is about to be copied. */
export interface ChangeWords {
  /** Names the line within the change. */
  id: string;
  name: string;
  before: string | null;
  after: string | null;
  /** What happened, where one value before and one after would not say it. */
  summary?: string;
}

export interface Names {
  agentName: NameOf;
  hoursName: NameOf;
  /** An instant as the reader's clock shows it. */
  timeWords: (instant: string) => string;
}

const nothing: Routing = { business_hours_id: null, rules: [], fallback: null };
const summaryLine = (id: string, name: string, summary: string): ChangeWords => ({
  id,
  name,
  before: null,
  after: null,
  summary,
});

const nameOfRule = ({ name }: Rule, place: number) => `Rule ${place + 1}${name === null ? '' : ` “${name}”`}`;

/** With everything in it that a short sentence leaves out. */
export const wholeDestinationWords = (destination: Destination, nameOf: NameOf): string => {
  switch (destination.type) {
    case 'forward':
      return `forward to ${destination.to}${destination.ring_timeout_seconds === null ? '' : `, ringing ${durationWords(destination.ring_timeout_seconds)}`}`;
    case 'message':
      return `message “${destination.text}”`;
    case 'voicemail':
      return destination.greeting === null ? 'voicemail' : `voicemail, greeting “${destination.greeting}”`;
    default:
      return destinationWords(destination, nameOf);
  }
};

const destinationChange = (
  id: string,
  name: string,
  before: Destination | null,
  after: Destination | null,
  nameOf: NameOf,
): ChangeWords[] => {
  if (isSame(before, after)) return [];
  const [old, now] = [
    before && wholeDestinationWords(before, nameOf),
    after && wholeDestinationWords(after, nameOf),
  ];
  // Weights of 1 and 1, and of 50 and 50: the record differs, and nothing else does.
  if (old === now) return [summaryLine(id, name, 'weights written differently, same shares')];
  return [{ id, name, before: old, after: now }];
};

const hoursNames: Record<Conditions['hours'], string> = {
  any: 'at any time',
  open: 'open',
  closed: 'closed',
  exception: 'on a holiday or exception day',
};
const callerNames = { true: 'withheld', false: 'given', any: 'either' };

const conditionChanges = (id: string, name: string, before: Conditions, after: Conditions): ChangeWords[] => {
  const lists = (['caller_countries', 'caller_prefixes', 'caller_in'] as const).flatMap(
    (key): ChangeWords[] => {
      const names = {
        caller_countries: 'caller countries',
        caller_prefixes: 'caller prefixes',
        caller_in: 'callers',
      };
      const what = listChangeWords(before[key] ?? [], after[key] ?? []);
      if (what === null) return [];
      return [
        summaryLine(`${id}.${key}`, `${name}, ${names[key]}`, after[key]?.length ? what : `${what}: now any`),
      ];
    },
  );
  return [
    ...(before.hours === after.hours
      ? []
      : [
          {
            id: `${id}.hours`,
            name: `${name}, when`,
            before: hoursNames[before.hours],
            after: hoursNames[after.hours],
          },
        ]),
    ...lists,
    ...(before.anonymous === after.anonymous
      ? []
      : [
          {
            id: `${id}.anonymous`,
            name: `${name}, caller’s number`,
            before: callerNames[`${before.anonymous}`],
            after: callerNames[`${after.anonymous}`],
          },
        ]),
  ];
};

const ruleChanges = (before: Rule, after: Rule, place: number, { agentName }: Names): ChangeWords[] => {
  const id = `rule.${after.id}`;
  const name = nameOfRule(after, place);
  return [
    ...(before.name === after.name
      ? []
      : [{ id: `${id}.name`, name: `Rule ${place + 1}, name`, before: before.name, after: after.name }]),
    ...(before.enabled === after.enabled
      ? []
      : [summaryLine(`${id}.enabled`, name, after.enabled ? 'switched on' : 'switched off')]),
    ...conditionChanges(id, name, before.when, after.when),
    ...destinationChange(
      `${id}.destination`,
      `${name}, answers`,
      before.destination,
      after.destination,
      agentName,
    ),
  ];
};

const rulesChanges = (before: readonly Rule[], after: readonly Rule[], names: Names): ChangeWords[] => {
  const { paired, left } = pairRules(before, after);
  const kept = unmoved(paired);
  const read = (verb: string, rule: Rule) =>
    `${verb}${rule.enabled ? '' : ', switched off'}: ${ruleWords(rule, names.agentName)}`;
  const removed = left.map(({ rule, place }) =>
    summaryLine(`removed.${rule.id}`, nameOfRule(rule, place), read('removed', rule)),
  );
  const present = paired.flatMap((each): ChangeWords[] => {
    const { rule, place, old } = each;
    const id = `rule.${rule.id}`;
    if (old === undefined) return [summaryLine(id, nameOfRule(rule, place), read('added', rule))];
    const moved = kept.has(each)
      ? []
      : [
          summaryLine(
            `${id}.place`,
            nameOfRule(rule, place),
            `moved from place ${old.place + 1} to ${place + 1}`,
          ),
        ];
    return [...moved, ...ruleChanges(old.rule, rule, place, names)];
  });
  return [...removed, ...present];
};

/** Null is routing in which nothing is set. */
export const routingChanges = (
  before: Routing | null,
  after: Routing | null,
  names: Names,
): ChangeWords[] => {
  const [old, now] = [before ?? nothing, after ?? nothing];
  const hours = (id: string | null) => (id === null ? 'always open' : (names.hoursName(id) ?? `hours ${id}`));
  return [
    ...(old.business_hours_id === now.business_hours_id
      ? []
      : [
          {
            id: 'business_hours',
            name: partLabels.routing.business_hours_id,
            before: hours(old.business_hours_id),
            after: hours(now.business_hours_id),
          },
        ]),
    ...rulesChanges(old.rules, now.rules, names),
    ...destinationChange(
      'fallback',
      partLabels.routing.fallback,
      old.fallback,
      now.fallback,
      names.agentName,
    ),
  ];
};

const directions = { inbound: 'for inbound calls', outbound: 'for outbound calls', both: 'for all calls' };

export const reassignmentWords = (
  { agent_id: id, direction, starts_at: start, ends_at: end }: TemporaryReassignment,
  names: Names,
): string =>
  `${names.agentName(id) ?? `agent ${id}`} ${directions[direction]}, ${names.timeWords(start)} to ${names.timeWords(end)}`;
