import type { CredentialName } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type {
  ConnectionKind,
  UpstreamFields,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { NO_SECRET, WITHHELD, type Values } from './link-values.ts';

/** What the platform is to know of a number. The secrets are in clear: they are sent, and kept nowhere. */
export interface Mine {
  values: Values;
  marks: Values;
  secrets: Readonly<Record<string, string | null>>;
  /** Agents the platform does not know, by field. */
  unknownAgents: readonly string[];
}

const agentFields: readonly string[] = ['inbound_agent_id', 'outbound_agent_id'];

interface Dependencies {
  agents: Pick<AgentsService, 'findUpstreamIds'>;
  secretsToSend: SecretsToSend;
}

type Kept = Pick<UpstreamFields, 'editable' | 'secret' | 'fixed'>;

export const keptOf = (kind: Pick<ConnectionKind, 'fieldsOf'>, { provider }: { provider: string }): Kept =>
  kind.fieldsOf(provider);

/** How a number is to be there: agents by the ids that they have there. */
export const createReadMine =
  ({ agents, secretsToSend }: Dependencies) =>
  async (
    queryable: Queryable,
    number: PhoneNumber,
    connectionId: string,
    { editable, secret, fixed }: Kept,
  ): Promise<Mine> => {
    const record: Readonly<Record<string, unknown>> = number;
    const textOf = (name: string): string | null => {
      const value = record[name];
      return typeof value === 'string' ? value : null;
    };
    const agentIds = agentFields.map(textOf).filter((id) => id !== null);
    const upstreamIds = await agents.findUpstreamIds(queryable, connectionId, agentIds);
    const values: Record<string, string | null> = {};
    const unknownAgents: string[] = [];
    for (const name of [...editable, ...fixed]) {
      const value = textOf(name);
      if (value === null || !agentFields.includes(name)) values[name] = value;
      else {
        const upstreamId = upstreamIds.get(value);
        if (upstreamId === undefined) unknownAgents.push(name);
        values[name] = upstreamId ?? null;
      }
    }
    const opened: Readonly<Record<string, string>> =
      secret.length === 0 ? {} : await secretsToSend.openAll(queryable, number._id);
    const secrets: Record<string, string | null> = {};
    const marks: Record<string, string> = {};
    for (const name of secret) {
      const value = opened[name as CredentialName] ?? null;
      secrets[name] = value;
      marks[name] = value === null ? NO_SECRET : secretsToSend.markOf(value);
    }
    return { values, marks, secrets, unknownAgents };
  };

/** The marks of the secrets that a platform answered. */
export const marksOfTheirs = (
  { secrets }: Pick<UpstreamNumber, 'secrets'>,
  { markOf }: Pick<SecretsToSend, 'markOf'>,
): Values =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [
      name,
      secret.state === 'clear' ? markOf(secret.value) : secret.state === 'none' ? NO_SECRET : WITHHELD,
    ]),
  );
