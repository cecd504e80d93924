import { expect, test } from 'vitest';
import { agentLines, importParts, runWords, touchedBy } from './import-words.ts';

const counts = {
  total: 10,
  new: 3,
  same: 4,
  different: 2,
  elsewhere: 0,
  unusable: 1,
  to_add: 3,
  to_change: 1,
  to_link: 5,
};

test('the groups of an account are those it has, and the usual ones', () => {
  expect(importParts(counts).map(({ id, count }) => `${id} ${count}`)).toEqual([
    'new 3',
    'different 2',
    'same 4',
    'unusable 1',
  ]);
});

test('a run says what it does', () => {
  expect(touchedBy(counts)).toBe(9);
  expect(runWords(counts)).toBe('Adds 3 numbers, links 5 as they are here and changes 1 to what is there.');
  expect(runWords({ ...counts, to_add: 0, to_change: 0, to_link: 0 })).toBe('Nothing is left to do.');
});

test('and what becomes of agents', () => {
  const choices = { different: 'keep_mine', new: 'add', agents: 'add' } as const;
  const agents = { total: 3, linked: 0, named: 1, new: 2 };
  expect(agentLines({ agents, agents_to_add: ['Asha', 'Farid'], choices })).toEqual([
    'Adds 2 agents: Asha, Farid.',
    '1 agent here by the same name gets the id that it has there.',
  ]);
  expect(
    agentLines({
      agents: { ...agents, named: 0 },
      agents_to_add: [],
      choices: { ...choices, agents: 'leave' },
    }),
  ).toEqual(['2 agents there are not here, and not added.']);
});
