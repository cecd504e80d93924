import type { FieldError } from '#contract/errors.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import { destinationsOf, forwardsAt, forwardTargets } from '#routing/destinations.ts';
import { leadingBack } from '#routing/lint/lint.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { lockForwards, selectForwards } from '#server/features/phone-numbers/rows/store.ts';

// No office chains so many forwards, and each hop is one query.
const MAX_HOPS = 20;

type Forwards = ReadonlyMap<string, readonly string[]>;

/** For each number of ours reached from `targets` within MAX_HOPS, what it forwards to. */
export const followForwards = async (
  queryable: Queryable,
  targets: readonly string[],
): Promise<Map<string, readonly string[]>> => {
  const forwards = new Map<string, readonly string[]>();
  let open = [...new Set(targets)];
  for (let hop = 0; open.length > 0 && hop < MAX_HOPS; hop += 1) {
    // Each step is known only after the one before.
    const found = await selectForwards(queryable, open);
    for (const { phone_number: number, forwards_to: to } of found) forwards.set(number, to);
    open = [...new Set(found.flatMap(({ forwards_to: to }) => to))].filter((to) => !forwards.has(to));
  }
  return forwards;
};

/** Whether it goes on beyond what is followed: there may be a loop. */
const isTooFar = (forwards: Forwards, targets: readonly string[]): boolean => {
  const seen = new Set<string>();
  let open = [...targets];
  for (let hop = 0; open.length > 0 && hop < MAX_HOPS; hop += 1) {
    const found = open.filter((to) => forwards.has(to));
    for (const to of found) seen.add(to);
    open = [...new Set(found.flatMap((to) => forwards.get(to) ?? []))].filter((to) => !seen.has(to));
  }
  return open.length > 0;
};

const judge = (phoneNumber: string, routing: Routing, forwards: Forwards): FieldError[] => {
  const targets = forwardTargets(routing);
  const isCut = isTooFar(forwards, targets);
  const back = leadingBack(targets, phoneNumber, (number) => forwards.get(number) ?? []);
  const enabled = destinationsOf(routing).filter(({ isEnabled }) => isEnabled);
  return enabled.flatMap(forwardsAt).flatMap(({ pointer, value: to }): FieldError[] => {
    if (to === phoneNumber)
      return [
        { pointer, code: 'forward_to_itself', message: 'This is the number itself. Forward to another one.' },
      ];
    if (back.has(to))
      return [
        {
          pointer,
          code: 'forward_loop',
          message: `${to} forwards back to this number. Forward somewhere else, or end the loop there.`,
        },
      ];
    if (!isCut || !forwards.has(to)) return [];
    return [
      {
        pointer,
        code: 'forward_loop',
        message: `${to} forwards on through more than ${MAX_HOPS} numbers. Forward to the last one.`,
      },
    ];
  });
};

/** Routing as it is to be, and as it was. */
export interface RoutingChange {
  phone_number: string;
  before: Routing | null;
  after: Routing | null;
  /** Refused for another reason: its forwards are checked too, but count for no other number. */
  isRefused: boolean;
}

const bringsForwards = ({ before, after }: RoutingChange): boolean => {
  const known = new Set(before ? forwardTargets(before) : []);
  return after !== null && !forwardTargets(after).every((to) => known.has(to));
};

/**
 * Of each number, the forwards that a change brings, or a restored number brings back, and that lead to the
 * number itself. Judged as if one were changed after another: each on top of those before it that were not
 * refused.
 */
export const findForwardErrors = async (
  tx: Transaction,
  numbers: readonly RoutingChange[],
): Promise<FieldError[][]> => {
  const bringing = new Set(numbers.filter(bringsForwards));
  if (bringing.size === 0) return numbers.map(() => []);
  // Two numbers that are set to forward to each other at the same time must see each other.
  await lockForwards(tx);
  const forwards = await followForwards(
    tx,
    numbers.flatMap(({ after }) => (after === null ? [] : forwardTargets(after))),
  );
  return numbers.map((number) => {
    const { phone_number: phoneNumber, after, isRefused } = number;
    const errors = after !== null && bringing.has(number) ? judge(phoneNumber, after, forwards) : [];
    if (!isRefused && errors.length === 0)
      forwards.set(phoneNumber, after === null ? [] : forwardTargets(after));
    return errors;
  });
};
