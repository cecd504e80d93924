import { describe, expect } from 'vitest';
import { phoneNumberSorts } from '#contract/numbers/list/list-filters.ts';
import { seedNumber } from '#server/cli/commands/seed-numbers.ts';
import { actsOn } from '#server/cli/command/acts-on.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { runUnlimited } from '#server/platform/fairness/turns.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';
import { addAgent, listNumbers, walkList, type Query } from '#server/testing/given.ts';
import { selectInSlices } from './list-slices.ts';
import { positionOf } from './list-order.ts';
import { selectPhoneNumbers, type Page, type Way } from './list-store.ts';
import { searchTerms } from './search-terms.ts';
import { selectionOf } from './selection.ts';

const now = { at: new Date(), idsByState: [] };

const giveNumbers = async ({ database, as }: TestApp, count: number): Promise<string> => {
  const { ai_agent_id: agent } = await addAgent(as('operator'), 'Asha');
  const { addPhoneNumbers } = actsOn(database, keyringOf(Buffer.alloc(32, 7)));
  const now = Date.now();
  const numbers = Array.from({ length: count }, (_, index) => seedNumber(index, [agent], now));
  const outcomes = await database.transaction((tx) => addPhoneNumbers(tx, commandLineContext(), numbers));
  expect(outcomes.filter(({ row }) => row !== null)).toHaveLength(count);
  return agent;
};

describe('a page of a filtered list', () => {
  test('is the same, however it is found', async ({ cordboard }) => {
    const { database } = cordboard;
    const agent = await giveNumbers(cordboard, 400);
    const found = (q: string, agentIds: string[]) => searchTerms(q).map((term) => ({ ...term, agentIds }));
    const selections = [
      selectionOf({ provider: ['sip', 'twilio'], region: ['bd', 'global'] }, [], now),
      selectionOf({ outbound_agent_id: ['none'], label: 'VIP' }, [], now),
      selectionOf({ agent_id: [agent, 'none'], label_none: ['vip', 'pilot'] }, [], now),
      selectionOf({ country: ['BD', 'US', 'none'], has_credential: 'true' }, [], now),
      selectionOf({ has_labels: 'true', changed_since: '2000-01-01T00:00:00.000Z' }, [], now),
      selectionOf({}, found('sales line', [agent]), now),
      selectionOf({ provider: ['sip'] }, found('a b c d', [agent]), now),
    ];
    for (const [place, selection] of selections.entries())
      // Half of the orders for each, and each order for half of them.
      for (const [index, field] of phoneNumberSorts.entries()) {
        if ((index + place) % 2 === 0) continue;
        const descending = (index + place) % 4 === 1;
        const ask = (page: Partial<Page>, way: Way) =>
          selectPhoneNumbers(
            database,
            selection,
            { field, descending, after: undefined, skip: 0, limit: 7, ...page },
            way,
          );
        const inSlices = (asked: Partial<Page>) =>
          runUnlimited((turn) =>
            selectInSlices(
              database,
              selection,
              { field, descending, after: undefined, skip: 0, limit: 7, ...asked },
              turn,
              30,
            ),
          );
        const [some] = (await ask({}, 'walk')).slice(-3);
        if (!some) throw new Error('Nothing matches');
        for (const page of [{ after: positionOf(some, field) }, { skip: 3 }, { skip: 60 }]) {
          const walked = await ask(page, 'walk');
          expect(await ask(page, { glance: 5000 })).toEqual(walked);
          expect(await ask(page, 'gather')).toEqual(walked);
          expect(await inSlices({ ...page })).toEqual(walked);
        }
      }
  });

  test('walks through all that match, once each', async ({ cordboard }) => {
    await giveNumbers(cordboard, 400);
    const as = cordboard.as('viewer');
    for (const sort of [
      'phone_number',
      '-friendly_name',
      '-created_at',
      'updated_at',
      'provider',
      '-country',
    ])
      for (const query of [{}, { provider: ['pia', 'twilio'] }, { q: 'sales' }] as Query[]) {
        const { total_count: total } = await listNumbers(as, { ...query, include: 'total' });
        const walked = await walkList(as, { ...query, sort, page_size: '90' });
        expect(walked).toHaveLength(total ?? 0);
        expect(new Set(walked).size).toBe(walked.length);
      }
  });
});
