import { phoneNumberCreateSchema, type PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import type { Role } from '#contract/access.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { runUnlimited } from '#server/platform/fairness/turns.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { businessHoursCreateSchema } from '#contract/business-hours.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { connectionKinds } from '#server/features/connections/kinds/connection-kinds.ts';
import { createCredentialsService } from '#server/features/credentials/service.ts';
import { createOperatorsService } from '#server/features/operators/service.ts';
import { createOutbox } from '#server/features/outbox/outbox.ts';
import { createPhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { vacuumTables } from '#server/features/phone-numbers/rows/store.ts';
import { endSessions } from '#server/features/sessions/end-sessions.ts';
import { enrolment } from '#server/features/sessions/enrolment.ts';
import type { RequestContext } from '#server/request-context.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { sampleHours, sampleRouting } from './routing.ts';
import { hostileNames, sampleAgents, sampleRetiredAgents } from './agents.ts';
import numbers from './numbers.json' with { type: 'json' };

export interface SampleSignIn {
  email: string;
  password: string;
  role: Role;
}

interface SampleDependencies {
  config: Config;
  database: Database;
  newPassword: () => string;
}

// The first must be an admin.
const people: readonly { name: string; email: string; role: Role }[] = [
  { name: 'Rina Akter', email: 'admin@demo.example', role: 'admin' },
  { name: 'Tomás Vidal', email: 'operator@demo.example', role: 'operator' },
  { name: 'Mei Lindqvist', email: 'viewer@demo.example', role: 'viewer' },
];

const DAY_MS = 24 * 3_600_000;
// Spread over half a year, in the order of the file but not evenly.
const addedAt = (index: number, now: number) =>
  new Date(now - DAY_MS * (1 + 180 * (1 - index / numbers.length) ** 1.5) - ((index * 7_368_787) % DAY_MS));

/**
 * Fills an empty database with what a small platform would have, history included. Returns who can sign in.
 */
export const loadSample = async ({
  config,
  database,
  newPassword,
}: SampleDependencies): Promise<SampleSignIn[]> => {
  const keyring = await openMasterKey({ config, database });
  const agents = createAgentsService({ database, keyring });
  const auditEvents = createAuditEventsService({ database, keyring });
  const businessHours = createBusinessHoursService({ database, auditEvents });
  const credentials = createCredentialsService({ keyring });
  const phoneNumbers = createPhoneNumbersService({
    database,
    keyring,
    agents,
    businessHours,
    auditEvents,
    credentials,
    outbox: createOutbox({ kinds: connectionKinds }),
  });
  const operators = createOperatorsService({
    database,
    sessions: { ...enrolment, endSessions, forgetOperator: () => {} },
    apiKeys: { forgetKey: () => {} },
  });

  const contexts: RequestContext[] = [];
  const signIns: SampleSignIn[] = [];
  for (const person of people) {
    const password = newPassword();
    const { operator_id: id } = await operators.addOperator(commandLineContext(), { ...person, password });
    signIns.push({ ...person, password });
    const actor = { kind: 'operator', id, ...person, sessionId: '', freshUntil: new Date(0) } as const;
    contexts.push({ ...commandLineContext(), actor, address: '203.0.113.7' });
  }
  const [rina = commandLineContext(), tomas = commandLineContext()] = contexts;

  const agentIds = new Map<string, string>();
  for (const agent of [...sampleAgents, ...sampleRetiredAgents]) {
    const { data } = await agents.addAgent(rina, agent);
    agentIds.set(agent.agent_name, data.ai_agent_id);
  }
  const now = Date.now();
  const additions = numbers.map((sample, index) => ({
    at: addedAt(index, now),
    body: toBody(sample, index, agentIds),
  }));
  for (const { problem } of await database.transaction((tx) =>
    phoneNumbers.addPhoneNumbers(tx, rina, additions),
  ))
    if (problem !== null) throw problem;
  await makeHistory();
  await addRouting();
  for (const { agent_name } of sampleRetiredAgents)
    await agents.updateAgent(rina, agentIds.get(agent_name) ?? '', { agent_status: 'retired' });
  await vacuumTables(database);
  return signIns;

  /** Hours of the offices, rules on some of their numbers, and an agent who stands in over the weekend. */
  async function addRouting(): Promise<void> {
    const agentId = (name: string) => agentIds.get(name) ?? '';
    for (const { prefix, hours } of sampleHours) {
      const { business_hours_id: id } = await businessHours.addBusinessHours(
        rina,
        businessHoursCreateSchema.parse(hours),
      );
      const { phone_numbers: found } = await phoneNumbers.listPhoneNumbers(
        rina,
        { page_size: 18, skip: 0, sort: '-created_at', q: prefix },
        runUnlimited,
      );
      for (const [index, number] of found.entries()) {
        const standIn = {
          agent_id: agentId('Overflow'),
          direction: 'inbound',
          starts_at: new Date(now - DAY_MS).toISOString(),
          ends_at: new Date(now + 2 * DAY_MS).toISOString(),
        };
        await phoneNumbers.updatePhoneNumber(tomas, number._id, {
          routing: sampleRouting(id, agentId),
          ...(index % 3 === 0 && {
            call_handling: {
              max_duration_seconds: 1800,
              recording: 'inbound',
              blocked_callers: [{ prefix: '+1900' }],
            },
          }),
          ...(index % 6 === 2 && { routing: null, temporary_reassignment: standIn }),
        });
      }
    }
  }

  /** What a day at work leaves behind: reassignments, a replaced secret, a deletion taken back. */
  async function makeHistory(): Promise<void> {
    const page = { page_size: 12, skip: 0, sort: '-created_at' } as const;
    const { phone_numbers: latest } = await phoneNumbers.listPhoneNumbers(rina, page, runUnlimited);
    for (const [index, number] of latest.entries()) {
      const context = index % 3 === 0 ? rina : tomas;
      const agent = [...agentIds.values()][index % sampleAgents.length] ?? null;
      await phoneNumbers.updatePhoneNumber(context, number._id, { inbound_agent_id: agent });
      if (index % 4 === 0)
        await phoneNumbers.updatePhoneNumber(rina, number._id, {
          labels: [...number.labels, 'reviewed'],
          notes: 'Checked with the carrier.',
        });
      if (number.provider === 'sip')
        await phoneNumbers.updatePhoneNumber(tomas, number._id, {
          sip_trunk_password: `rotated-${index}-${newPassword()}`,
        });
    }
    const [taken] = latest;
    if (taken) {
      await phoneNumbers.deletePhoneNumber(tomas, taken._id, { platform: 'forget' });
      await phoneNumbers.restorePhoneNumber(tomas, taken._id);
    }
  }
};

type Sample = (typeof numbers)[number];

/**
 * One of the file's rows as it would be sent to be added. Some get names that a careless screen would stumble
 * over.
 */
const toBody = (sample: Sample, index: number, agentIds: ReadonlyMap<string, string>): PhoneNumberCreate => {
  const {
    inbound_agent,
    outbound_agent,
    ...body
  }: Partial<Record<'inbound_agent' | 'outbound_agent', string>> & Omit<Sample, 'inbound_agent'> = sample;
  const hostile = index % 31 === 17 ? hostileNames[Math.floor(index / 31)] : undefined;
  const retired =
    index % 45 === 20 ? sampleRetiredAgents[Math.floor(index / 45) % sampleRetiredAgents.length] : undefined;
  const idOf = (name: string | undefined) => (name === undefined ? null : (agentIds.get(name) ?? null));
  return phoneNumberCreateSchema.parse({
    ...body,
    ...(hostile !== undefined && { friendly_name: hostile }),
    inbound_agent_id: idOf(retired?.agent_name ?? inbound_agent),
    outbound_agent_id: idOf(outbound_agent),
  });
};
