import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { fields } from '#contract/numbers/fields.ts';
import type { Routing, TemporaryReassignment } from '#contract/numbers/routing.ts';
import { exactTime } from '#client/lib/words/format.ts';
import {
  reassignmentWords,
  routingChanges,
  type ChangeWords,
  type Names,
} from '#routing/words/change-words.ts';
import { callHandlingChanges } from '#routing/words/handling-words.ts';
import type { ChangeLine } from './change-line.ts';

type NameOf = Names['agentName'];

export const routingNames = (agentName: NameOf, hoursName: NameOf): Names => ({
  agentName: (id) => agentName(id) ?? `missing agent ${id}`,
  hoursName,
  timeWords: (instant) => exactTime(instant) || instant,
});

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRouting = (value: unknown): value is Routing =>
  isRecord(value) && 'rules' in value && Array.isArray(value.rules);
const isReassignment = (value: unknown): value is TemporaryReassignment =>
  isRecord(value) && 'agent_id' in value && 'ends_at' in value;
const isHandling = (value: unknown): value is Partial<CallHandling> => isRecord(value);

/** Both as what they should be, null where there is none; undefined where the log holds something else. */
const both = <T>(
  is: (value: unknown) => value is T,
  before: unknown,
  after: unknown,
): [T | null, T | null] | undefined => {
  const [old, now] = [before ?? null, after ?? null];
  return (old === null || is(old)) && (now === null || is(now)) ? [old, now] : undefined;
};

export const lineOf =
  (field: string) =>
  ({ id, ...words }: ChangeWords): ChangeLine => ({ id: `${field}.${id}`, isSecret: false, ...words });

/** Routing, call handling and the stand-in, told part by part; undefined for any other field. */
export const routingLines = (
  field: string,
  before: unknown,
  after: unknown,
  names: Names,
): ChangeLine[] | undefined => {
  if (field === 'routing') {
    const found = both(isRouting, before, after);
    return found && routingChanges(...found, names).map(lineOf(field));
  }
  if (field === 'call_handling') {
    const found = both(isHandling, before, after);
    return found && callHandlingChanges(...found).map(lineOf(field));
  }
  if (field !== 'temporary_reassignment') return undefined;
  const found = both(isReassignment, before, after);
  if (found === undefined) return undefined;
  const [old, now] = found.map((each) => each && reassignmentWords(each, names));
  return old === now
    ? []
    : [
        {
          id: field,
          name: fields.temporary_reassignment.label,
          isSecret: false,
          before: old ?? null,
          after: now ?? null,
        },
      ];
};
