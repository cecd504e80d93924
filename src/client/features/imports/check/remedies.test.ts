import { expect, test } from 'vitest';
import { remediesOf } from './remedies.ts';

const counts = { total: 9, created: 0, changed: 0, unchanged: 0, skipped: 0, refused: 9 };
const refusal = (code: string, count: number, message = code) => ({ code, count, message });

test('what a choice would mend is told with that choice, the most frequent first', () => {
  const remedies = remediesOf({
    counts,
    refusals: [
      refusal('agent_not_found', 1, 'Correct the name, or import with unknown_agents=create.'),
      refusal('invalid_phone_number', 3),
      refusal('provider_missing', 2, 'one'),
      refusal('provider_missing', 3, 'other'),
    ],
  });
  expect(remedies.map(({ words, ways }) => [words, ...ways.map(({ label }) => label)])).toEqual([
    ['5 rows are refused: the file does not say their provider.', 'SIP trunk', 'Twilio', 'Platform'],
    ['1 row is refused: it names an agent nobody knows.', 'Add the agent'],
  ]);
});

test('where it is every row, all are said', () => {
  const [all] = remediesOf({ counts, refusals: [refusal('phone_number_taken', 9)] });
  expect(all?.words).toBe('All 9 rows are refused: their numbers are there already.');
  expect(all?.ways.map(({ choice }) => choice)).toEqual([{ existing: 'update' }, { existing: 'skip' }]);
});

test('of two all are both, and of numbers without a country the country is asked for', () => {
  const [both] = remediesOf({
    counts: { ...counts, total: 2 },
    refusals: [refusal('country_code_missing', 2)],
  });
  expect(both).toMatchObject({
    words: 'Both rows are refused: their numbers are without a country.',
    lacksCountry: true,
  });
});

test('what no choice mends is not spoken of', () => {
  expect(remediesOf({ counts, refusals: [refusal('duplicate_row', 9)] })).toEqual([]);
});

test('of agents that rows name by their ids, none is offered to be added', () => {
  const byId = 'No agent has this id. Choose one from GET /v2/ai-agents.';
  expect(remediesOf({ counts, refusals: [refusal('agent_not_found', 9, byId)] })).toEqual([]);
});
