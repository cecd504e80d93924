import { isDeepStrictEqual } from 'node:util';
import type {
  UpstreamFields,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { Values } from '#server/features/links/compare/link-values.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import type { MarkedMine } from '#server/features/links/compare/mine.ts';
import { settle } from '#server/features/links/compare/plan-save.ts';
import type { WatchedLink, WatchedUpdate } from './watch-store.ts';

export interface FoundThere {
  number: UpstreamNumber;
  /** Of its secrets. */
  marks: Values;
}

// It says that a write did more than was asked for: nobody but people know whether that is well.
const isForPeople = ({ state, reason }: Pick<WatchedLink, 'state' | 'reason'>) =>
  state === 'drift' && reason === 'other_fields_changed';

export interface JudgedLink extends WatchedUpdate {
  /** What waits for somebody because the number was gone goes there now. */
  isSentAgain: boolean;
}

type Stands = Omit<WatchedUpdate, 'phone_number_id' | 'role'>;

/** Somebody is to decide, or it is sent: how it stands is not for who only reads, but what is there. */
const standsWaiting = (link: WatchedLink, { number, marks }: FoundThere): Stands => {
  const { state, reason, message, seen, seen_marks } = link;
  const standing =
    state === 'gone'
      ? ({ state: 'pending', reason: 'waiting', message: null } as const)
      : { state, reason, message };
  return { ...standing, seen, seen_marks, theirs: number.fields, theirs_marks: marks };
};

const standsNow = (
  link: WatchedLink,
  kept: UpstreamFields,
  mine: MarkedMine,
  { number, marks }: FoundThere,
): Stands => {
  const now = settle({
    kept,
    mine: { ...mine, secrets: {} },
    base: { seen: link.seen, marks: link.seen_marks },
    theirs: { values: number.fields, marks, secrets: {} },
  });
  const stays = now.state === 'synced' && isForPeople(link);
  return {
    state: stays ? link.state : now.state,
    reason: stays ? link.reason : now.reason,
    message: stays ? link.message : wordsOf(now.state, now.reason, now.fields),
    seen: now.base.seen,
    seen_marks: now.base.marks,
    theirs: number.fields,
    theirs_marks: marks,
  };
};

/** What is to be written of a link by what was found there; null where it stands as it stood. */
export const judgeLink = (
  link: WatchedLink,
  kept: UpstreamFields,
  mine: MarkedMine,
  found: FoundThere,
): JudgedLink | null => {
  const isWaiting = link.waits_for !== null;
  const now = isWaiting ? standsWaiting(link, found) : standsNow(link, kept, mine, found);
  const isAsBefore = (Object.keys(now) as (keyof Stands)[]).every((name) =>
    isDeepStrictEqual(now[name], link[name]),
  );
  const { phone_number_id, role, state } = link;
  return isAsBefore ? null : { phone_number_id, role, ...now, isSentAgain: isWaiting && state === 'gone' };
};

/** Whether people see another thing than before. */
export const isNews = (link: WatchedLink, now: WatchedUpdate): boolean =>
  now.state !== 'synced' || now.state !== link.state;
