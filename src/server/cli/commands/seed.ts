import type { Agent } from '#contract/agents.ts';
import type { Database } from '#server/platform/db/database.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import { countAllPhoneNumbers, vacuumTables } from '#server/features/phone-numbers/rows/store.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { actsOn } from '#server/cli/command/acts-on.ts';
import { UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';
import { commandLineContext, orCommandError, textOf } from '#server/cli/command/command-line.ts';
import { sampleAgents } from '#server/cli/sample/agents.ts';
import { seedNumber } from './seed-numbers.ts';

const MAX_NUMBERS = 10_000_000;
const MAX_AGENTS = 60;
// Small enough that a server running beside this answers in between.
const BATCH = 1000;
const LANES = 3;

const readCount = ({ values }: CommandContext): number => {
  const count = Number(textOf(values['numbers']) ?? Number.NaN);
  if (!Number.isInteger(count) || count < 1 || count > MAX_NUMBERS)
    throw new UsageError(`Say how many: --numbers 1 to ${MAX_NUMBERS}.`);
  return count;
};

type Agents = ReturnType<typeof createAgentsService>;

/** By name without regard to case, as names are unique. */
const agentsByName = async (agents: Agents): Promise<Map<string, Agent>> => {
  const known = new Map<string, Agent>();
  for (let token: string | undefined | null; token !== null;) {
    const page: Awaited<ReturnType<Agents['listAgents']>> = await agents.listAgents({
      page_size: 100,
      page_token: token,
    });
    for (const agent of page.data) known.set(agent.agent_name.toLowerCase(), agent);
    token = page.next_page_token;
  }
  return known;
};

/**
 * The sample agents and as many numbered ones as it takes; those that are there are used again, retired ones
 * passed over.
 */
const ensureAgents = async (agents: Agents, numbers: number): Promise<string[]> => {
  const count = Math.min(MAX_AGENTS, Math.max(3, Math.ceil(numbers / 500)));
  const known = await agentsByName(agents);
  const numbered = Array.from({ length: MAX_AGENTS + known.size }, (_, index) => ({
    agent_name: `Agent ${index + 1}`,
  }));
  const usable = [...sampleAgents, ...numbered].filter(
    ({ agent_name }) => known.get(agent_name.toLowerCase())?.agent_status !== 'retired',
  );
  const ids: string[] = [];
  for (const agent of usable.slice(0, count))
    ids.push(
      (known.get(agent.agent_name.toLowerCase()) ?? (await agents.addAgent(commandLineContext(), agent)).data)
        .ai_agent_id,
    );
  return ids;
};

type Add = (batch: readonly PhoneNumberAddition[]) => Promise<number>;

/** How many of them were added. What an earlier run has added is passed over; nothing else is refused. */
const addTo = (database: Database, keyring: Keyring): Add => {
  const { addPhoneNumbers } = actsOn(database, keyring);
  return async (batch) => {
    const outcomes = await database.transaction((tx) => addPhoneNumbers(tx, commandLineContext(), batch));
    for (const { problem } of outcomes)
      if (problem !== null && problem.code !== 'phone_number_taken') throw problem;
    return outcomes.filter(({ row }) => row !== null).length;
  };
};

interface Progress {
  there: number;
  wanted: number;
}

/** One batch is made while others are written, where each can have a session of its own. */
const fill = async (
  progress: Progress,
  lanes: number,
  makeBatch: (from: number, count: number) => PhoneNumberAddition[],
  add: Add,
) => {
  // Each index is a number of its own.
  let index = Math.max(0, progress.there - BATCH);
  let underWay = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const count = Math.min(BATCH, progress.wanted - progress.there - underWay);
      if (count <= 0) return;
      const batch = makeBatch(index, count);
      index += count;
      underWay += count;
      const added = await add(batch);
      underWay -= count;
      progress.there += added;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

export const seed: Command = {
  name: 'seed',
  summary:
    'Fill the database with made-up numbers of many countries, until it holds so many. For trying out and measuring.',
  usage: ['seed --numbers 100000'],
  options: { numbers: { type: 'string' } },
  run: async (context) => {
    const wanted = readCount(context);
    const database = await context.openDatabase();
    const keyring = await openMasterKey({ config: context.config, database });
    const agentIds = await ensureAgents(createAgentsService({ database, keyring }), wanted);

    const startedAt = Date.now();
    const before = await countAllPhoneNumbers(database);
    const progress = { there: before, wanted };
    const add = addTo(database, keyring);
    const makeBatch = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => seedNumber(from + at, agentIds, startedAt));
    const addAndTell: Add = async (batch) => {
      const added = await add(batch);
      const there = progress.there + added;
      if (there % 50_000 < BATCH && there > before) context.explain(`${there} of ${wanted}`);
      return added;
    };
    await orCommandError(fill(progress, database.isOneSession ? 1 : LANES, makeBatch, addAndTell));
    await vacuumTables(database);
    const { there } = progress;
    context.print(
      `Added ${there - before} numbers in ${((Date.now() - startedAt) / 1000).toFixed(1)} s; there are ${there} now.`,
    );
  },
};
