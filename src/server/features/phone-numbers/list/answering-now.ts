import type { Hours } from '#contract/business-hours.ts';
import type { AnsweringNow } from '#contract/numbers/list/phone-number-list.ts';
import { decide, standIn } from '#routing/decide.ts';
import { hoursAt, nextHoursChange } from '#routing/hours.ts';
import { unknownCaller } from '#routing/match.ts';
import { hoursStates, stateOf } from '#routing/answers-by-hours-state.ts';
import type { HoursNow } from './answering-store.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

type StoredHours = Hours & { id: string };

/** Every hours by the state it is in at this moment. */
export const hoursNow = (hours: readonly StoredHours[], at: Date): HoursNow => {
  const idsByState: string[][] = hoursStates.map(() => []);
  for (const each of hours) {
    const { isOpen, exception } = hoursAt(each, at.getTime());
    idsByState[stateOf({ isOpen, isException: exception !== null })]?.push(each.id);
  }
  return { at, idsByState };
};

const answerOf = (row: PhoneNumberRow, hours: StoredHours | null, at: number): AnsweringNow => {
  const { destination, agentId, decidedBy } = decide(row, hours, {
    direction: 'inbound',
    party: unknownCaller,
    at,
  });
  const split = destination.type === 'split' ? destination.agents.map(({ agent_id: id }) => id) : [];
  return {
    phone_number_id: row.id,
    type: destination.type,
    agent_ids: agentId === null ? split : [agentId],
    stands_in: decidedBy === 'inbound_agent' && standIn(row.temporary_reassignment, 'inbound', at) !== null,
  };
};

/**
 * Who answers each of these numbers at this moment, of a caller of whom nothing is known, and when that
 * changes by itself.
 */
export const answeringNow = (
  rows: readonly PhoneNumberRow[],
  allHours: readonly StoredHours[],
  now: Date,
): { answering_now: AnsweringNow[]; answering_changes_at: string | null } => {
  const at = now.getTime();
  const byId = new Map(allHours.map((hours) => [hours.id, hours]));
  const used = new Set<StoredHours>();
  const edges: number[] = [];
  const answers = rows.map((row) => {
    const hours = byId.get(row.routing?.business_hours_id ?? '') ?? null;
    if (hours) used.add(hours);
    const reassignment = row.temporary_reassignment;
    if (reassignment) edges.push(Date.parse(reassignment.starts_at), Date.parse(reassignment.ends_at));
    return answerOf(row, hours, at);
  });
  for (const hours of used) edges.push(nextHoursChange(hours, at) ?? Infinity);
  const next = Math.min(...edges.filter((edge) => edge > at));
  return {
    answering_now: answers,
    answering_changes_at: Number.isFinite(next) ? new Date(next).toISOString() : null,
  };
};
