import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { chooseAgent, type Share } from './split.ts';
import { caller, numberWith, routing, rule } from '#routing/testing/numbers.ts';
import { randomFrom, wholeFrom } from '#routing/testing/random.ts';

const CALLERS = 100_000;
const random = randomFrom(3);
const inARow = Array.from({ length: CALLERS }, (_, at) => `+1212${String(5_000_000 + at)}`);
const anywhere = Array.from(
  { length: CALLERS },
  () => `+${1 + wholeFrom(random, 9)}${String(wholeFrom(random, 1e10)).padStart(10, '0')}`,
);

const shares = (...weights: number[]): Share[] =>
  weights.map((weight, at) => ({ agent_id: `ag_${at}`, weight }));
const choices = (agents: readonly Share[], callers: readonly string[]) =>
  callers.map((each) => chooseAgent(agents, `+12125550100 ${each}`));

const percentages = (agents: readonly Share[], callers: readonly string[]): number[] => {
  const counts = new Map<string | null, number>();
  for (const chosen of choices(agents, callers)) counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  return agents.map(({ agent_id: id }) => ((counts.get(id) ?? 0) / callers.length) * 100);
};

describe.each([
  [[1, 1]],
  [[1, 2]],
  [[70, 30]],
  [[1, 999]],
  [[5, 3, 2]],
  [[1, 2, 3, 4, 5, 6, 7, 8]],
  [Array.from({ length: 20 }, () => 50)],
])('weights %j', (weights) => {
  const agents = shares(...weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  test.each([
    ['in a row', inARow],
    ['from anywhere', anywhere],
  ])('callers %s are spread as they say, within one percentage point', (_, callers) => {
    for (const [place, share] of percentages(agents, callers).entries()) {
      expect(Math.abs(share - ((weights[place] ?? 0) / total) * 100)).toBeLessThan(1);
    }
  });
});

describe('who moves', () => {
  const three = shares(2, 3, 5);
  const before = choices(three, anywhere);

  test('nobody, when the same is asked again, or the agents are in another order', () => {
    expect(choices(three, anywhere)).toEqual(before);
    expect(choices(three.toReversed(), anywhere)).toEqual(before);
  });

  test('to an agent that comes in, its own share, and no caller between the others', () => {
    const after = choices([...three, { agent_id: 'new', weight: 10 }], anywhere);
    const moved = after.filter((chosen, at) => chosen !== before[at]);
    expect(new Set(moved)).toEqual(new Set(['new']));
    expect(Math.abs((moved.length / CALLERS) * 100 - 50)).toBeLessThan(1);
  });

  test('from an agent that goes, its own callers alone, spread over the others as their weights are', () => {
    const after = choices(three.slice(0, 2), anywhere);
    const stayed = after.filter((_, at) => before[at] !== 'ag_2');
    expect(stayed).toEqual(before.filter((chosen) => chosen !== 'ag_2'));
    const moved = after.filter((_, at) => before[at] === 'ag_2');
    expect(
      Math.abs((moved.filter((chosen) => chosen === 'ag_0').length / moved.length) * 100 - 40),
    ).toBeLessThan(1);
  });

  test('only towards an agent whose weight grows', () => {
    const after = choices(shares(2, 6, 5), anywhere);
    expect(new Set(after.filter((chosen, at) => chosen !== before[at]))).toEqual(new Set(['ag_1']));
  });
});

test('numbers spread the same callers anew', () => {
  const agents = shares(1, 1);
  const other = anywhere.map((each) => chooseAgent(agents, `+12125550199 ${each}`));
  const same = choices(agents, anywhere).filter((chosen, at) => chosen === other[at]).length;
  expect(Math.abs((same / CALLERS) * 100 - 50)).toBeLessThan(1);
});

test('the decision: a caller has one agent at any moment, withheld numbers are spread by theirs', () => {
  const number = numberWith({
    routing: routing([rule('split', {}, { type: 'split', agents: shares(1, 1) })]),
  });
  const agentsAt = (party: ReturnType<typeof caller>) =>
    new Set(
      Array.from(
        { length: 50 },
        (_, at) => decide(number, null, { direction: 'inbound', party, at: at * 1_000_003 }).agentId,
      ),
    );
  expect(agentsAt(caller('+14155550123')).size).toBe(1);
  expect(agentsAt({ number: null, country: null, isAnonymous: true }).size).toBe(2);
});
