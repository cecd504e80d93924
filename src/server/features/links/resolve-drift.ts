import { pointerTo } from '#contract/pointer.ts';
import type { FieldError } from '#contract/errors.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { Opening } from '#server/features/connections/open-connection.ts';
import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { LinkSides } from './read-presented.ts';
import { differencesOf } from '#server/features/links/compare/plan-save.ts';

/** The fields that an act is about: those named, else all that differ. Throws `unknown_field`. */
export const fieldsOfAct = (
  { link, kept, mine }: LinkSides,
  named: readonly string[] | undefined,
): string[] => {
  const all = [...kept.editable, ...kept.secret];
  if (named !== undefined) {
    const errors = named.flatMap((field, at): FieldError[] =>
      all.includes(field)
        ? []
        : [
            {
              pointer: pointerTo('fields', at),
              code: 'unknown_field',
              message: `Remove this: only ${all.join(', ')} go there.`,
            },
          ],
    );
    if (errors.length > 0) throw fieldProblem(errors);
    return [...new Set(named)];
  }
  const theirs = { values: link.theirs, marks: link.theirs_marks, secrets: {} };
  const base = { seen: link.seen, marks: link.seen_marks };
  const differences = differencesOf({ kept, mine, base, theirs });
  return all.filter((field) => differences.get(field) !== 'same');
};

const agentFields: readonly string[] = ['inbound_agent_id', 'outbound_agent_id'];

/**
 * A merge patch that sets these fields to what a platform's record says, agents by their ids here. What the
 * record withholds is left as it is. Throws `agent_not_upstream`.
 */
export const createPatchFrom =
  (agents: Pick<AgentsService, 'findByUpstreamIds'>) =>
  async (
    queryable: Queryable,
    connectionId: string,
    { fields: values, secrets }: UpstreamNumber,
    fields: readonly string[],
  ): Promise<Record<string, string | null>> => {
    const ids = agentFields.flatMap((name) => values[name] ?? []);
    const known = await agents.findByUpstreamIds(queryable, connectionId, ids);
    const patch: Record<string, string | null> = {};
    const errors: FieldError[] = [];
    for (const field of fields) {
      const secret = secrets[field];
      if (secret !== undefined) {
        if (secret.state === 'clear') patch[field] = secret.value;
        else if (secret.state === 'none') patch[field] = null;
        continue;
      }
      const value = values[field];
      if (value === undefined) continue;
      const agentId = value !== null && agentFields.includes(field) ? known.get(value) : value;
      if (agentId === undefined)
        errors.push({
          pointer: pointerTo(field),
          code: 'agent_not_upstream',
          message: `No agent here has the id ${value} there. Import the agents, or give one of them this id.`,
        });
      else patch[field] = agentId === '' ? null : agentId;
    }
    if (errors.length > 0) throw fieldProblem(errors);
    return patch;
  };

const unavailable = (why: string) => new Problem('upstream_unavailable', why);

const closedWords = {
  paused: 'The connection is paused. Resume it first.',
  refused: 'The platform refuses the connection’s credentials. Replace them first.',
  no_key: 'The connection has no key for its address. Set one first.',
  gone: 'The connection is not there any more.',
};

/** The platform's record as it is at this moment. Throws `upstream_unavailable`. */
export const readThere = async (
  opening: Opening,
  connectionId: string,
  upstreamId: string,
): Promise<UpstreamNumber> => {
  const opened = await opening.openConnection(connectionId);
  if ('closed' in opened) throw unavailable(closedWords[opened.closed]);
  try {
    return await opened.kind.getNumber(opened.client, upstreamId);
  } catch (error) {
    if (error instanceof UpstreamError) throw unavailable(error.message);
    throw error;
  }
};
