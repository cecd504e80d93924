import type { CredentialName } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type {
  ConnectionKind,
  UpstreamFields,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { readMark } from '#server/platform/secrets/fingerprints.ts';
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

type TextOf = (name: string) => string | null;

const agentIdsOf = (textOf: TextOf): string[] => agentFields.map(textOf).filter((id) => id !== null);

/** All but the secrets, agents by the ids that they have there. */
const valuesOf = (
  textOf: TextOf,
  { editable, fixed }: Kept,
  upstreamIds: ReadonlyMap<string, string>,
): Pick<Mine, 'values' | 'unknownAgents'> => {
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
  return { values, unknownAgents };
};

/** How a number is to be there: agents by the ids that they have there. */
export const createReadMine =
  ({ agents, secretsToSend }: Dependencies) =>
  async (queryable: Queryable, number: PhoneNumber, connectionId: string, kept: Kept): Promise<Mine> => {
    const record: Readonly<Record<string, unknown>> = number;
    const textOf = (name: string): string | null => {
      const value = record[name];
      return typeof value === 'string' ? value : null;
    };
    const upstreamIds = await agents.findUpstreamIds(queryable, connectionId, agentIdsOf(textOf));
    const opened: Readonly<Record<string, string>> =
      kept.secret.length === 0 ? {} : await secretsToSend.openAll(queryable, number._id);
    const secrets: Record<string, string | null> = {};
    const marks: Record<string, string> = {};
    for (const name of kept.secret) {
      const value = opened[name as CredentialName] ?? null;
      secrets[name] = value;
      marks[name] = value === null ? NO_SECRET : secretsToSend.markOf(value);
    }
    return { ...valuesOf(textOf, kept, upstreamIds), marks, secrets };
  };

/** What is compared and not sent: nothing that is sealed is opened for it. */
export type MarkedMine = Omit<Mine, 'secrets'>;

type StoredNumber = Awaited<ReturnType<PhoneNumbersService['findStoredByIds']>>[number];

const markOf = ({ credential_fingerprints: marks }: StoredNumber, name: string): string => {
  const stored = marks[name];
  return stored === undefined ? NO_SECRET : readMark(stored).fingerprint;
};

/** The same of many at once, by their ids, with the marks of their secrets alone. */
export const createReadMarked =
  ({ agents }: Pick<Dependencies, 'agents'>) =>
  async (
    queryable: Queryable,
    numbers: readonly StoredNumber[],
    connectionId: string,
    fieldsOf: (provider: string) => Kept,
  ): Promise<Map<string, MarkedMine>> => {
    const texts = numbers.map((number): TextOf => {
      const record: Readonly<Record<string, unknown>> = { ...number, ...number.settings };
      return (name) => (typeof record[name] === 'string' ? record[name] : null);
    });
    const agentIds = [...new Set(texts.flatMap(agentIdsOf))];
    const upstreamIds =
      agentIds.length === 0
        ? new Map<string, string>()
        : await agents.findUpstreamIds(queryable, connectionId, agentIds);
    return new Map(
      numbers.map((number, at) => {
        const kept = fieldsOf(number.provider);
        const marks = Object.fromEntries(kept.secret.map((name) => [name, markOf(number, name)]));
        return [number.id, { ...valuesOf(texts[at] ?? (() => null), kept, upstreamIds), marks }];
      }),
    );
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
