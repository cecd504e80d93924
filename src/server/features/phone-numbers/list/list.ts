import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { PhoneNumberList, PhoneNumberListQuery } from '#contract/numbers/list/phone-number-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { Fingerprints } from '#server/platform/secrets/fingerprints.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import type { RequestContext } from '#server/request-context.ts';
import { answeringNow, hoursNow } from './answering-now.ts';
import { createDeletedList } from './deleted-list.ts';
import { givenIn } from './conditions.ts';
import { createPageFinder } from './find-page.ts';
import { positionOf, type ListedRow } from './list-order.ts';
import { createFindTerms, refuseForeignFingerprint } from './find-terms.ts';
import { selectionOf } from './selection.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';

interface ListDependencies {
  database: Database;
  agents: AgentsService;
  businessHours: BusinessHoursService;
  auditEvents: Pick<AuditEventsService, 'findLastActors'>;
  fingerprints: Fingerprints;
  pageTokens: PageTokens;
}

/** Finds, filters, sorts and pages, at a million numbers as at ten. */
export const createPhoneNumberList = ({
  database,
  agents,
  businessHours,
  auditEvents,
  fingerprints,
  pageTokens,
}: ListDependencies) => {
  const findPage = createPageFinder(database);
  const listDeleted = createDeletedList({ database, auditEvents, fingerprints, pageTokens });

  const findTerms = createFindTerms({ database, agents });

  const hoursOf = async (rows: readonly ListedRow[]) => {
    const ids = new Set(
      rows.map(({ routing }) => routing?.business_hours_id).filter((id) => typeof id === 'string'),
    );
    return ids.size === 0 ? [] : businessHours.findHours(database, [...ids]);
  };

  return async (
    context: RequestContext,
    query: PhoneNumberListQuery,
    runHeavy: RunHeavy,
  ): Promise<PhoneNumberList> => {
    const { actor } = context;
    const {
      page_size: pageSize,
      page_token: token,
      skip,
      q,
      sort = '-created_at',
      include,
      deleted,
      ...filter
    } = query;
    refuseForeignFingerprint(actor, filter);
    if (deleted === 'true')
      return listDeleted({ context, query, filter, terms: () => findTerms(q), runHeavy });
    const list = ['phone-numbers', sort, q ?? null, ...givenIn(filter)];
    const after = token === undefined ? undefined : pageTokens.read(list, token);

    const terms = await findTerms(q);
    const isAnsweringAsked = include?.includes('answering_now') === true;
    const now = new Date();
    const allHours = filter.answering_now === undefined ? [] : await businessHours.findHours(database, null);
    const selection = selectionOf(filter, terms, hoursNow(allHours, now));
    const field = sort.replace('-', '') as PhoneNumberSortField;
    const page = { field, descending: sort.startsWith('-'), after, skip, limit: pageSize + 1 };
    const isTotalAsked = include?.includes('total') === true;
    const { rows, total } = await findPage({ selection, page, words: terms.length, isTotalAsked }, runHeavy);
    const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
    const shown = rows.slice(0, pageSize);
    const show = fingerprints.shownTo(actor);
    return {
      phone_numbers: shown.map((row) => toPhoneNumber(row, show)),
      next_page_token: last ? pageTokens.write(list, positionOf(last, field)) : null,
      ...total,
      ...(isAnsweringAsked && answeringNow(shown, await hoursOf(shown), now)),
    };
  };
};
