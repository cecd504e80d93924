import { isDeepStrictEqual } from 'node:util';
import type { LinkCreate, LinkFields } from '#contract/connections/links.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { Opening } from '#server/features/connections/open-connection.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import { actOnce, doOnce } from '#server/platform/idempotency/answer-once.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { LinkNumbers } from './link-numbers.ts';
import type { BeforeImages } from '#server/features/credentials/before-images.ts';
import { lockLink, updateLink, type LinkKey, type LinkRow } from '#server/features/links/rows/link-store.ts';
import { NO_SECRET, WITHHELD, type Values } from '#server/features/links/compare/link-values.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import { marksOfTheirs } from '#server/features/links/compare/mine.ts';
import { settle } from '#server/features/links/compare/plan-save.ts';
import {
  deletePending,
  dropFields,
  isBeingSent,
  lockPending,
} from '#server/features/links/rows/queue-store.ts';
import type { LinkSides, ReadPresented } from './read-presented.ts';
import { createPatchFrom, fieldsOfAct, readThere } from './resolve-drift.ts';

type NumberRow = Awaited<ReturnType<PhoneNumbersService['lockPhoneNumber']>>;

export interface LinkActDependencies {
  database: Database;
  phoneNumbers: Pick<PhoneNumbersService, 'lockPhoneNumber' | 'changePhoneNumbers' | 'findById'>;
  agents: Pick<AgentsService, 'findByUpstreamIds'>;
  connections: Pick<ConnectionsService, 'findKind'>;
  opening: Opening;
  outbox: Outbox;
  beforeImages: BeforeImages;
  secretsToSend: SecretsToSend;
  linkNumbers: LinkNumbers;
  readPresentedIn: (queryable: Queryable) => ReadPresented;
}

export const noLink = () => new Problem('not_found', 'The number has no link in this role.');

const changedAgain = () =>
  new Problem(
    'link_changed',
    'The platform’s record changed since you looked. Look at both again, then choose.',
  );

const notTold = () =>
  new Problem('credential_not_set', 'The platform does not tell this credential. Keep mine, or type it.');

/** What people do with links. Each locks the number first, and is one transaction. */
export const createLinkActs = (dependencies: LinkActDependencies) => {
  const {
    database,
    phoneNumbers,
    agents,
    connections,
    opening,
    outbox,
    beforeImages,
    secretsToSend,
    linkNumbers,
  } = dependencies;
  const patchFrom = createPatchFrom(agents);

  const tell = async (tx: Transaction, { id, version }: NumberRow): Promise<void> => {
    await announceChange(tx, { subject: 'phone_number', id, change: 'updated', version });
  };

  const once = (
    context: RequestContext,
    act: (tx: Transaction) => Promise<void>,
    status: number,
  ): Promise<void> =>
    database.transaction((tx) =>
      actOnce(
        tx,
        context,
        status,
        () => act(tx),
        () => Promise.resolve(),
      ),
    );

  /** The number and its link, locked in this order as all others lock them. */
  const lockBoth = async (
    tx: Transaction,
    context: RequestContext,
    place: LinkKey,
  ): Promise<[NumberRow, LinkRow]> => {
    const number = await phoneNumbers.lockPhoneNumber(tx, context, place.phone_number_id);
    // As whoever sends locks them: first what waits, then the link.
    await lockPending(tx, place);
    const link = await lockLink(tx, place);
    if (link === undefined) throw noLink();
    return [number, link];
  };

  const sidesOf = async (tx: Transaction, place: LinkKey): Promise<LinkSides> => {
    const sides = await dependencies.readPresentedIn(tx)(place);
    if (sides === null) throw noLink();
    return sides;
  };

  const queue = (tx: Transaction, context: RequestContext, link: LinkRow, fields: readonly string[]) =>
    outbox.queue(tx, context, [{ ...link, act: link.upstream_id === null ? 'create' : 'push', fields }]);

  return {
    async addLink(context: RequestContext, id: string, target: LinkCreate): Promise<void> {
      const add = async (tx: Transaction) => {
        const numbers = [{ id, version: context.ifMatch }];
        const [outcome] = await linkNumbers.linkNumbers(tx, context, numbers, target);
        if (outcome?.problem) throw outcome.problem;
      };
      await once(context, add, 202);
    },

    async removeLink(context: RequestContext, { phone_number_id: id, role }: LinkKey): Promise<void> {
      const remove = async (tx: Transaction) => {
        const numbers = [{ id, version: context.ifMatch }];
        const [outcome] = await linkNumbers.unlinkNumbers(tx, context, numbers, role);
        if (outcome?.problem) throw outcome.problem;
        if (outcome?.wasLinked !== true) throw noLink();
      };
      await database.transaction((tx) => doOnce(tx, context, () => remove(tx)));
    },

    retry: (context: RequestContext, place: LinkKey): Promise<void> =>
      once(
        context,
        async (tx) => {
          const [number, link] = await lockBoth(tx, context, place);
          await queue(tx, context, link, []);
          await tell(tx, number);
        },
        200,
      ),

    /** What is there counts as seen, so that what is here is the change, and goes there. */
    keepMine: (context: RequestContext, place: LinkKey, { fields: named }: LinkFields): Promise<void> =>
      once(
        context,
        async (tx) => {
          const [number, link] = await lockBoth(tx, context, place);
          const sides = await sidesOf(tx, place);
          const fields = fieldsOfAct(sides, named);
          const seen: Record<string, string | null> = { ...link.seen };
          const marks: Record<string, string | null> = { ...link.seen_marks };
          for (const field of fields) {
            if (field in sides.mine.marks)
              marks[field] = markToReplace(link.theirs_marks[field], sides.mine.marks[field]);
            else seen[field] = link.theirs[field] ?? null;
          }
          await updateLink(tx, place, { seen, seen_marks: marks });
          await queue(tx, context, link, fields);
          await tell(tx, number);
        },
        200,
      ),

    async takeTheirs(context: RequestContext, place: LinkKey, { fields: named }: LinkFields): Promise<void> {
      const looked = await dependencies.readPresentedIn(database)(place);
      if (looked?.link.upstream_id == null) throw noLink();
      const asked = fieldsOfAct(looked, named);
      const { connection_id: connectionId, upstream_id: upstreamId } = looked.link;
      // Outside of any transaction; a secret in clear is read here and goes straight to be sealed.
      const live = await readThere(opening, connectionId, upstreamId);
      const liveMarks = marksOfTheirs(live, secretsToSend);
      // What is not told cannot be taken.
      const fields = asked.filter((field) => liveMarks[field] !== WITHHELD);
      if (named !== undefined && fields.length < asked.length) throw notTold();
      const shown = (values: Values, marks: Values) =>
        Object.fromEntries(fields.map((field) => [field, marks[field] ?? values[field] ?? null]));
      await once(
        context,
        async (tx) => {
          const [number, link] = await lockBoth(tx, context, place);
          const isOther = link.connection_id !== connectionId || link.upstream_id !== upstreamId;
          if (isOther || (await isBeingSent(tx, place))) throw changedAgain();
          if (!isDeepStrictEqual(shown(live.fields, liveMarks), shown(link.theirs, link.theirs_marks)))
            throw changedAgain();
          const patch = await patchFrom(tx, connectionId, live, fields);
          const [outcome] = await phoneNumbers.changePhoneNumbers(tx, { ...context, isFromPlatform: true }, [
            { id: number.id, version: null, patch, detail: 'As the platform has it.' },
          ]);
          if (outcome?.problem) throw outcome.problem;
          await dropFields(tx, place, fields);
          const { kept, mine } = await sidesOf(tx, place);
          const seen = { ...link.seen, ...only(live.fields, fields) };
          const marks = { ...link.seen_marks, ...only(liveMarks, fields) };
          const theirs = { values: live.fields, marks: liveMarks, secrets: live.secrets };
          const now = settle({ kept, mine, base: { seen, marks }, theirs });
          await updateLink(tx, place, {
            seen: now.base.seen,
            seen_marks: now.base.marks,
            theirs: live.fields,
            theirs_marks: liveMarks,
            isSeenNow: true,
            state: now.state,
            reason: now.reason,
            message: wordsOf(now.state, now.reason, now.fields),
          });
          if (now.state === 'synced') await deletePending(tx, place);
          await tell(tx, outcome?.row ?? number);
        },
        200,
      );
    },

    /** The number becomes what the platform had, and is sent like any other change. */
    restoreBefore: (context: RequestContext, place: LinkKey, id: string | undefined): Promise<void> =>
      once(
        context,
        async (tx) => {
          const [number, link] = await lockBoth(tx, context, place);
          const { kept } = await sidesOf(tx, place);
          const raw = await beforeImages.open(tx, place, id);
          const kind = await connections.findKind(tx, link.connection_id);
          const record = raw === null ? null : (kind?.readRecord(raw) ?? null);
          if (record === null) throw new Problem('not_found', 'There is no such record from before a write.');
          const patch = await patchFrom(tx, link.connection_id, record, [...kept.editable, ...kept.secret]);
          const [outcome] = await phoneNumbers.changePhoneNumbers(tx, context, [
            { id: number.id, version: null, patch, detail: 'As the platform had it before a write.' },
          ]);
          if (outcome?.problem) throw outcome.problem;
          await queue(tx, context, link, []);
          await tell(tx, outcome?.row ?? number);
        },
        200,
      ),
  };
};

// Other than what is here, whatever it is: so that what is here is sent.
const markToReplace = (theirs: string | null | undefined, mine: string | null | undefined): string => {
  if (theirs !== undefined && theirs !== null && theirs !== WITHHELD) return theirs;
  return mine === NO_SECRET ? NO_SECRET : 'replaced';
};

const only = (values: Values, fields: readonly string[]): Values =>
  Object.fromEntries(fields.flatMap((field) => (field in values ? [[field, values[field] ?? null]] : [])));
