import type { Destination } from '#contract/numbers/destination.ts';
import type { Rule } from '#contract/numbers/routing.ts';
import type { Party } from '#routing/match.ts';
import { agent, caller, rule, withheld } from './numbers.ts';
import { oneOf, wholeFrom } from './random.ts';

/** Rules and callers of few kinds, so that they meet often. */
type Random = () => number;

export const callers: readonly [Party, ...Party[]] = [
  caller('+14155550123', 'US'),
  caller('+442079460000', 'GB'),
  caller('+441612345678', 'GB'),
  caller('+8801712345678', 'BD'),
  caller('+88213000000'),
  withheld,
];

const listOf = (random: Random, ...entries: [string, ...string[]]): string[] | null =>
  oneOf(random, [null, null, [], [oneOf(random, entries)], [oneOf(random, entries), oneOf(random, entries)]]);

export const randomDestination = (random: Random): Destination =>
  oneOf<Destination>(random, [
    agent(`agent ${wholeFrom(random, 5)}`),
    {
      type: 'split',
      agents: Array.from({ length: 1 + wholeFrom(random, 3) }, (_, at) => ({
        agent_id: `s${at}`,
        weight: 1 + wholeFrom(random, 9),
      })),
    },
    { type: 'forward', to: '+442079460001', ring_timeout_seconds: oneOf(random, [null, 20]) },
    { type: 'message', text: 'We moved.' },
    { type: 'voicemail', greeting: null },
    { type: 'reject', reason: 'busy' },
  ]);

export const randomRule = (random: Random, id: string, enabled = random() < 0.8): Rule =>
  rule(
    id,
    {
      hours: oneOf(random, ['any', 'open', 'closed', 'exception']),
      caller_countries: listOf(random, 'US', 'GB', 'BD'),
      caller_prefixes: listOf(random, '+1', '+44', '+4420', '+88'),
      caller_in: listOf(random, '+14155550123', '+442079460000'),
      anonymous: oneOf(random, ['any', 'any', 'any', true, false]),
    },
    randomDestination(random),
    enabled,
  );

export const randomRules = (random: Random): Rule[] =>
  Array.from({ length: wholeFrom(random, 7) }, (_, at) => randomRule(random, `r${at}`));
