import type { AgentsService } from '#server/features/agents/service.ts';
import type { HeldSecrets, Secrets } from '#server/features/credentials/held-secrets.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import { askedOf, type ImportAsked } from '#server/features/bulk/connection-imports/reading/choices.ts';
import { agentFields, type AgentHere } from './compare.ts';
import { selectLinkedRecords, type LinkedRecord } from './link-store.ts';
import {
  selectReadAgents,
  type FoundAgent,
} from '#server/features/bulk/connection-imports/reading/reading-store.ts';
import { theirsOf, type Theirs } from '#server/features/bulk/connection-imports/reading/theirs.ts';

/** A number of an account, what it is here, and who is linked to its record. */
export interface NumberAtHand {
  row: BulkRow;
  theirs: Theirs;
  stored: PhoneNumberRow | undefined;
  linked: LinkedRecord | undefined;
  secrets: Secrets;
}

export interface AtHand extends ImportAsked {
  numbers: NumberAtHand[];
  /** By the ids they have there: those that are here, and known by that id. */
  agentHere: AgentHere;
  /** Those that a run gives that id, or adds. */
  comingAgent: (upstreamId: string) => FoundAgent | undefined;
  /** How an agent is told of: by its id here, else by what it is called. */
  nameAgent: (upstreamId: string) => string;
}

export interface TakeUpDependencies {
  agents: Pick<AgentsService, 'findByUpstreamIds'>;
  held: Pick<HeldSecrets, 'open'>;
  phoneNumbers: Pick<PhoneNumbersService, 'findStored'>;
}

const agentIdsIn = ({ fields }: Theirs): string[] =>
  agentFields.flatMap((name) => (fields[name] ? [fields[name].trim()] : []));

export const createTakeUp =
  ({ agents, held, phoneNumbers }: TakeUpDependencies) =>
  async (tx: Transaction, plan: PlanRow, rows: readonly BulkRow[]): Promise<AtHand> => {
    const asked = askedOf(plan);
    const all = rows.map((row) => ({ row, theirs: theirsOf(row) }));
    const stored = await phoneNumbers.findStored(
      tx,
      rows.map(({ phone_number: number }) => number),
    );
    const records = await selectLinkedRecords(
      tx,
      asked.connection_id,
      all.map(({ theirs }) => theirs.upstream_id),
    );
    const linked = new Map(records.map((record) => [record.upstream_id, record]));
    const secrets = await held.open(
      tx,
      plan.id,
      rows.map(({ place }) => place),
    );
    const named = [...new Set(all.flatMap(({ theirs }) => agentIdsIn(theirs)))];
    const here =
      named.length === 0
        ? new Map<string, string>()
        : await agents.findByUpstreamIds(tx, asked.connection_id, named);
    const unknown = named.filter((id) => !here.has(id));
    const read = unknown.length === 0 ? [] : await selectReadAgents(tx, plan.id, unknown);
    const found = new Map(read.map((agent) => [agent.upstream_id, agent]));
    return {
      ...asked,
      numbers: all.map(({ row, theirs }) => ({
        row,
        theirs,
        stored: stored.get(row.phone_number),
        linked: linked.get(theirs.upstream_id),
        secrets: secrets.get(row.place) ?? {},
      })),
      agentHere: (id) => here.get(id.trim()),
      comingAgent: (id) => {
        const agent = found.get(id.trim());
        return agent?.finding === 'named' || asked.choices.agents === 'add' ? agent : undefined;
      },
      nameAgent: (id) => here.get(id.trim()) ?? found.get(id.trim())?.name ?? id,
    };
  };

export type TakeUp = ReturnType<typeof createTakeUp>;
