import { setTimeout as delay } from 'node:timers/promises';
import type {
  DriftList,
  Link,
  LinkCreate,
  LinkDetail,
  LinkFields,
  LinkPageQuery,
  PendingChangeList,
} from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import { createSecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable, type Database, type Queryable } from '#server/platform/db/database.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createAttempt } from '#server/features/links/push/attempt-pending.ts';
import { createBeforeImages } from '#server/features/credentials/before-images.ts';
import { createLinkNumbers, type LinkNumbers } from './link-numbers.ts';
import { createLinkActs, noLink } from './link-acts.ts';
import type { LinkKey } from '#server/features/links/rows/link-store.ts';
import { createLinkLists } from './list-links.ts';
import { createReadMine } from '#server/features/links/compare/mine.ts';
import { presentLink } from './present-link.ts';
import { createFindThere } from '#server/features/links/push/find-there.ts';
import { createPushWorker } from '#server/features/links/push/push-worker.ts';
import { createReadPresented } from './read-presented.ts';
import {
  countStanding,
  isUnderWay,
  selectQueueAhead,
  selectStanding,
} from '#server/features/links/rows/waiting-store.ts';

export interface LinksService {
  listPendingChanges(query: LinkPageQuery): Promise<PendingChangeList>;
  listDrift(query: LinkPageQuery): Promise<DriftList>;
  /** Puts it there; what is there, or is created, is found soon after. */
  addLink(context: RequestContext, phoneNumberId: string, body: LinkCreate): Promise<PhoneNumber>;
  readLink(place: LinkKey): Promise<LinkDetail>;
  removeLink(context: RequestContext, place: LinkKey): Promise<undefined>;
  /** The next four wait a few seconds for the platform to have it. */
  retry(context: RequestContext, place: LinkKey): Promise<PhoneNumber>;
  keepMine(context: RequestContext, place: LinkKey, body: LinkFields): Promise<PhoneNumber>;
  takeTheirs(context: RequestContext, place: LinkKey, body: LinkFields): Promise<PhoneNumber>;
  restoreBefore(
    context: RequestContext,
    place: LinkKey,
    body: { before_image_id?: string | undefined },
  ): Promise<PhoneNumber>;
  /** A number that was just saved, once its platforms have it, or after a few seconds as it stands. */
  whenSent<N extends PhoneNumber>(context: RequestContext, number: N): Promise<N>;
  /** For changes of many. */
  linkNumbers: LinkNumbers;
  /** Of the next numbers, from this id on, those of which a link stands in one of these ways. */
  findStanding: typeof selectStanding;
  countStanding: typeof countStanding;
  start(): void;
  stop(): Promise<void>;
}

interface Dependencies {
  database: Database;
  keyring: Keyring;
  log: Log;
  phoneNumbers: PhoneNumbersService;
  agents: AgentsService;
  connections: ConnectionsService;
  outbox: Outbox;
}

const SENT_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 40;
// Read, sent, read back, at five a second.
const SAVE_MS = 600;

const asWaiting = (link: Link): Link => ({
  ...link,
  state: 'pending',
  reason: 'waiting',
  message: null,
});

/** What numbers are on platforms: what waits, what differs, and who decides. */
export const createLinksService = (dependencies: Dependencies): LinksService => {
  const { database, keyring, log, phoneNumbers, agents, connections, outbox } = dependencies;
  const { opening } = connections;
  const secretsToSend = createSecretsToSend(keyring);
  const beforeImages = createBeforeImages(keyring);
  const readMine = createReadMine({ agents, secretsToSend });
  const readPresentedIn = (queryable: Queryable) =>
    createReadPresented({ queryable, phoneNumbers, agents, connections, readMine });
  const readPresented = readPresentedIn(database);
  const readNumber = (spelled: string): string | null => {
    try {
      return phoneNumbers.readNumberToAdd({ phone_number: spelled }).phone_number;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  };
  const attempt = createAttempt({
    database,
    queryable: database,
    readMine,
    findThere: createFindThere(readNumber),
    secretsToSend,
    phoneNumbers,
    opening,
    beforeImages,
  });
  const worker = createPushWorker({ database, log, attempt });
  const linkNumbers = createLinkNumbers({ phoneNumbers, agents, connections, outbox });
  const acts = createLinkActs({
    linkNumbers,
    database,
    phoneNumbers,
    agents,
    connections,
    opening,
    outbox,
    beforeImages,
    secretsToSend,
    readPresentedIn,
  });
  const lists = createLinkLists({ database, pageTokens: createPageTokens(keyring), readPresented });

  const read = (context: RequestContext, id: string): Promise<PhoneNumber> =>
    phoneNumbers.readPhoneNumber(context, id, {});

  const settled = async (id: string): Promise<void> => {
    const until = performance.now() + SENT_WITHIN_MS;
    worker.wake();
    while (performance.now() < until && (await isUnderWay(database, id))) await delay(LOOK_EVERY_MS);
  };

  const acted = async (context: RequestContext, { phone_number_id: id }: LinkKey, act: Promise<void>) => {
    await act;
    await settled(id);
    return read(context, id);
  };

  const expectedAt = async (place: LinkKey): Promise<string | null> => {
    const queue = await selectQueueAhead(database, place);
    if (queue?.due_at == null) return null;
    const at = Math.max(Date.parse(queue.next_at), Date.parse(queue.due_at)) + (queue.ahead + 1) * SAVE_MS;
    return new Date(at).toISOString();
  };

  return {
    ...lists,
    linkNumbers,

    async addLink(context, id, body) {
      await acts.addLink(context, id, body);
      worker.wake();
      return read(context, id);
    },

    async readLink(place) {
      const presented = await readPresented(place);
      const shown = presented?.number.links.find(({ role }) => role === place.role);
      if (presented === null || shown === undefined) throw noLink();
      const images = await beforeImages.list(database, place);
      return presentLink(shown, presented, { before_images: images, expected_at: await expectedAt(place) });
    },

    async removeLink(context, place) {
      await acts.removeLink(context, place);
      return undefined;
    },

    retry: (context, place) => acted(context, place, acts.retry(context, place)),
    keepMine: (context, place, body) => acted(context, place, acts.keepMine(context, place, body)),
    takeTheirs: (context, place, body) => acted(context, place, acts.takeTheirs(context, place, body)),
    restoreBefore: (context, place, { before_image_id: id }) =>
      acted(context, place, acts.restoreBefore(context, place, id)),

    async whenSent(context, number) {
      if (number.links.length === 0) return number;
      try {
        await settled(number._id);
        const now = await phoneNumbers.readPhoneNumber(context, number._id, { include: 'deleted' });
        return { ...number, ...now };
      } catch (error) {
        // It is saved: what cannot be read any more must not be told as if it were not.
        if (!(error instanceof DatabaseUnavailable)) throw error;
        return { ...number, links: number.links.map(asWaiting) };
      }
    },

    findStanding: selectStanding,
    countStanding,

    start: () => worker.start(),
    stop: () => worker.stop(),
  };
};
