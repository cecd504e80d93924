import { describe, expect } from 'vitest';
import { addNumber, listNumbers, patchNumber } from '#server/testing/given.ts';
import { planImport, rowsOf, runImport } from '#server/testing/given-import.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const options = { existing: 'update', unknown_agents: 'create' };
const table = (...rows: string[]) => ['phone_number,provider,inbound_agent,notes', ...rows, ''].join('\n');

const agentNames = async (as: Caller) =>
  (await as.request<{ data: { agent_name: string }[] }>('GET', '/v2/ai-agents')).body.data
    .map(({ agent_name: name }) => name)
    .toSorted();

describe('an agent that is not there', () => {
  test('is not added for a row that is left alone when it is run', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [changed, deleted] = [
      await addNumber(as, { phone_number: '+14155550101' }),
      await addNumber(as, { phone_number: '+14155550102' }),
    ];
    const plan = await planImport(
      as,
      table(
        '+14155550100,pia,For the taken,',
        '+14155550101,pia,For the changed,',
        '+14155550102,pia,For the deleted,',
        '+14155550103,pia,For the added,',
        '+14155550104,pia,,of no agent',
      ),
      options,
    );
    expect(plan).toMatchObject({ counts: { created: 3, changed: 2 }, agents_to_create_count: 4 });
    await addNumber(as, { phone_number: '+14155550100' });
    await patchNumber(as, changed._id, { notes: 'mine' });
    await as.request('DELETE', `/v1/phone-numbers/${deleted._id}`);

    const job = await runImport(as, plan);
    expect(job.counts).toMatchObject({ total: 5, done: 5, created: 2, changed: 0, refused: 0, conflict: 3 });
    expect(await agentNames(as)).toEqual(['For the added']);
    expect(
      (await rowsOf(as, plan, { outcome: 'conflict' })).map(({ line, errors }) => [line, errors[0]?.code]),
    ).toEqual([
      [2, 'phone_number_taken'],
      [3, 'version_conflict'],
      [4, 'not_found'],
    ]);
  });

  test('is added where one of the rows that name it is imported', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const there = await addNumber(as, { phone_number: '+14155550101' });
    const plan = await planImport(
      as,
      table('+14155550100,pia,Night desk,', '+14155550101,pia,night  DESK,', '+14155550102,pia,Night desk,'),
      options,
    );
    await addNumber(as, { phone_number: '+14155550100' });
    const job = await runImport(as, plan);
    expect(job.counts).toMatchObject({ created: 1, changed: 1, conflict: 1 });
    // As the preview called it, though the row that says so was left alone.
    expect([plan.agents_to_create, await agentNames(as)]).toEqual([['Night desk'], ['Night desk']]);
    const agents = (await listNumbers(as, { sort: 'phone_number' })).phone_numbers.map(
      ({ phone_number: number, inbound_agent_id: id }) => [number, id !== null],
    );
    expect(agents).toEqual([
      ['+14155550100', false],
      [there.phone_number, true],
      ['+14155550102', true],
    ]);
  });
});
