import type {
  DriftList,
  LinkCreate,
  LinkDetail,
  LinkFields,
  LinkPageQuery,
  PendingChangeList,
} from '#contract/connections/links.ts';
import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';

/** Which link: of this number, in this role. */
export interface LinkPlace {
  phone_number_id: string;
  role: ConnectionRole;
}

export interface LinksService {
  listPendingChanges(query: LinkPageQuery): Promise<PendingChangeList>;
  listDrift(query: LinkPageQuery): Promise<DriftList>;
  addLink(context: RequestContext, phoneNumberId: string, body: LinkCreate): Promise<PhoneNumber>;
  readLink(place: LinkPlace): Promise<LinkDetail>;
  removeLink(context: RequestContext, place: LinkPlace): Promise<undefined>;
  retry(context: RequestContext, place: LinkPlace): Promise<PhoneNumber>;
  keepMine(context: RequestContext, place: LinkPlace, body: LinkFields): Promise<PhoneNumber>;
  takeTheirs(context: RequestContext, place: LinkPlace, body: LinkFields): Promise<PhoneNumber>;
  restoreBefore(
    context: RequestContext,
    place: LinkPlace,
    body: { before_image_id?: string | undefined },
  ): Promise<PhoneNumber>;
}

export const createLinksService = (_: { database: Database }): LinksService => {
  const todo = () => Promise.reject(new Error('not there yet'));
  return {
    listPendingChanges: todo,
    listDrift: todo,
    addLink: todo,
    readLink: todo,
    removeLink: todo,
    retry: todo,
    keepMine: todo,
    takeTheirs: todo,
    restoreBefore: todo,
  };
};
