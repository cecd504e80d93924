import { expect } from 'vitest';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { addAgent } from '#server/testing/given.ts';
import { test } from '#server/testing/test-app.ts';
import { createFreeNames, takeUpstreamAgents } from './upstream-agents.ts';

const alike = (at: number) => ['New agent', `${'x'.repeat(118)}${10 + (at % 50)}`];

test('thousands of one name, or of names that begin alike, are numbered on', () => {
  const nameOf = createFreeNames(new Set());
  const names = Array.from({ length: 20_000 }, (_, at) => alike(at).map(nameOf)).flat();
  expect(new Set(names).size).toBe(40_000);
  expect(names.filter((name) => name.length > 120)).toEqual([]);
});

test('of agents of one name none is lost to one that is here', async ({
  cordboard: { database, signedInAs },
}) => {
  const as = await signedInAs('admin');
  const body = { kind: 'verbex', name: 'one', credentials: { api_key: 'a-key' } };
  const id = String((await as.request('POST', '/v1/connections', { body })).body['connection_id']);
  await addAgent(as, 'New agent (2)');
  const agents = Array.from({ length: 3 }, (_, at) => ({ upstream_id: `a${at}`, name: 'New agent' }));
  await database.transaction((tx) =>
    takeUpstreamAgents(tx, commandLineContext(), id, agents, { isAdding: true }),
  );
  const linked = await database.query(
    'select a.name, l.upstream_id from agent a join agent_link l on l.agent_id = a.id order by a.name',
  );
  expect(linked).toEqual([
    { name: 'New agent', upstream_id: 'a0' },
    { name: 'New agent (3)', upstream_id: 'a1' },
    { name: 'New agent (4)', upstream_id: 'a2' },
  ]);
});
