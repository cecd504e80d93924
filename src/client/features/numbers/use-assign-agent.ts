import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ApiError, failedMessage, toApiError } from '#client/api/api-error.ts';
import { agentsQuery } from '#client/features/agents/queries.ts';
import { toast } from '#client/lib/toast.ts';
import { noteOwnChange } from '#client/features/numbers/own-changes/note-own-change.ts';
import { agentFieldOf, agentsById, faceOf, type Direction } from './agent-faces.ts';
import { readHistory, useUpdatePhoneNumber } from './queries.ts';
import { findRecord, putRecord, showChange } from './records.ts';

export interface Assignment {
  record: PhoneNumber;
  direction: Direction;
  agentId: string | null;
}

/** What becomes of calls now, where that is not what the new agent makes of them. */
const insteadOf = (client: QueryClient, record: PhoneNumber, nameOf: (id: string) => string) =>
  import('./answers-instead.ts')
    .then(({ answersInstead }) => answersInstead(client, record, nameOf))
    .catch(() => null);

/** Whether it is on the platform, too, where the number is linked to one. */
const whereOf = (client: QueryClient, record: PhoneNumber) =>
  import('./told-where.ts').then(({ toldWhere }) => toldWhere(client, record)).catch(() => '');

/** Who saved last, as far as the history tells. */
const lastActor = async (id: string) => {
  const history = await readHistory(id, 1).catch(() => undefined);
  return history?.audit_events[0]?.actor.name ?? 'Someone else';
};

/**
 * Another agent for a number, in one gesture: shown at once, stored, said with the way back, or taken back
 * and said why.
 */
export const useAssignAgent = () => {
  const client = useQueryClient();
  const updatePhoneNumber = useUpdatePhoneNumber();

  const nameOf = useCallback(
    (id: string | null) => faceOf(agentsById(client.getQueryData(agentsQuery.queryKey)), id).name,
    [client],
  );

  /** Stores the change. A version that moved on in other fields only is no reason to refuse. */
  const store = useCallback(
    async (
      { record, direction, agentId }: Assignment,
      version?: number,
    ): Promise<{ stored: PhoneNumber; isMerged: boolean }> => {
      const field = agentFieldOf(direction);
      const update = { record, body: { [field]: agentId } };
      try {
        return { stored: await updatePhoneNumber({ ...update, version }), isMerged: false };
      } catch (thrown) {
        if (!(thrown instanceof ApiError) || thrown.current === undefined) throw thrown;
        putRecord(client, thrown.current);
        if (thrown.changedFields?.includes(field) !== false) throw thrown;
        return {
          stored: await updatePhoneNumber({ ...update, version: thrown.current.version }),
          isMerged: true,
        };
      }
    },
    [client, updatePhoneNumber],
  );

  return useCallback(
    (first: Assignment) => {
      const assign = async (assignment: Assignment, undoing?: { version: number }): Promise<void> => {
        const { record, direction, agentId } = assignment;
        const field = agentFieldOf(direction);
        const number = record.phone_number_international;
        const before = (findRecord(client, record._id) ?? record)[field];
        const endShowing = showChange(client, findRecord(client, record._id) ?? record, { [field]: agentId });
        try {
          const { stored, isMerged } = await store(assignment, undoing?.version);
          endShowing();
          noteOwnChange(stored);
          const isPlain = stored.routing === null && stored.temporary_reassignment === null;
          const instead =
            direction === 'outbound' || isPlain ? null : await insteadOf(client, stored, nameOf);
          const assigned =
            agentId === null
              ? `${number} now has no ${direction} agent`
              : `${number}: ${direction === 'inbound' ? 'Inbound' : 'Outbound'} agent is now ${nameOf(agentId)}`;
          const where = stored.links.length === 0 ? '' : await whereOf(client, stored);
          const done = `${instead === null ? assigned : `${assigned}; ${instead}`}${where}`;
          const message = isMerged ? `${done}. What someone else changed meanwhile is kept.` : done;
          const undo = () =>
            void assign({ record: stored, direction, agentId: before }, { version: stored.version });
          toast({ message, action: undoing ? undefined : { label: 'Undo', run: undo } });
        } catch (thrown) {
          endShowing();
          const error = toApiError(thrown);
          const what = undoing ? 'was not put back' : 'was not reassigned';
          if (error.current === undefined) {
            toast({ tone: 'harm', message: failedMessage(number, what, error) });
          } else {
            const now = error.current[field];
            const state =
              now === null ? `it has no ${direction} agent` : `its ${direction} agent is ${nameOf(now)}`;
            toast({
              tone: 'harm',
              message: `${number} ${what}. ${await lastActor(record._id)} changed it first: now ${state}.`,
            });
          }
        }
      };
      void assign(first);
    },
    [client, nameOf, store],
  );
};
