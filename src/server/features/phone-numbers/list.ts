import type { PhoneNumberList, PhoneNumberListQuery, PhoneNumberSortField } from '#contract/phone-numbers.ts';
import type { Database } from '#server/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { Fingerprints } from '#server/features/credentials/fingerprints.ts';
import { mayReveal } from '#server/http/access.ts';
import type { PageTokens } from '#server/http/page-token.ts';
import { Problem } from '#server/http/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { answeringNow, hoursNow } from './answering-now.ts';
import {
  countPhoneNumbers,
  estimatePhoneNumbers,
  positionOf,
  selectionOf,
  selectPhoneNumbers,
  type FoundTerm,
  type ListedRow,
  type Page,
  type PhoneNumberFilter,
  type Selection,
} from './list-store.ts';
import { searchTerms } from './search-terms.ts';
import { toPhoneNumber } from './to-phone-number.ts';

// Counting so many takes some ten milliseconds; beyond, a console says "about".
const COUNT_EXACTLY = 100_000;
// A search that finds more is not done narrowing.
const COUNT_SEARCH_EXACTLY = 10_000;
// Fewer are gathered and sorted at once. Of more, some should stand near where the page begins; they need not, for
// what was imported together has its label, its trunk and its place in the order in common.
const GATHER_UP_TO = 5_000;
// Far down a filtered list walking takes longer than sorting, up to so many.
const GATHER_FAR_UP_TO = 200_000;

interface ListDependencies {
  database: Database;
  agents: AgentsService;
  businessHours: BusinessHoursService;
  fingerprints: Fingerprints;
  pageTokens: PageTokens;
}

/** Finds, filters, sorts and pages, at a million numbers as at ten. */
export const createPhoneNumberList = ({ database, agents, businessHours, fingerprints, pageTokens }: ListDependencies) => {
  const findTerms = (q: string | undefined): Promise<FoundTerm[]> =>
    Promise.all(searchTerms(q).map(async (term) => ({ ...term, agentIds: await agents.findAgentIds(database, term.agentName) })));

  const count = async (selection: Selection, isSearch: boolean): Promise<Required<Pick<PhoneNumberList, 'total_count' | 'total_is_exact'>>> => {
    const atMost = isSearch ? COUNT_SEARCH_EXACTLY : COUNT_EXACTLY;
    const counted = await countPhoneNumbers(database, selection, atMost + 1);
    if (counted <= atMost) return { total_count: counted, total_is_exact: true };
    return { total_count: Math.max(counted, await estimatePhoneNumbers(database, selection)), total_is_exact: false };
  };

  const hoursOf = async (rows: readonly ListedRow[]) => {
    const ids = new Set(rows.map(({ routing }) => routing?.business_hours_id).filter((id) => typeof id === 'string'));
    return ids.size === 0 ? [] : businessHours.findHours(database, [...ids]);
  };

  const findRows = async (selection: Selection, page: Page): Promise<ListedRow[]> => {
    if (selection.isWhole) return selectPhoneNumbers(database, selection, page, 'walk');
    const expected = await estimatePhoneNumbers(database, selection);
    if (page.skip > 0) return selectPhoneNumbers(database, selection, page, expected > GATHER_FAR_UP_TO ? 'walk' : 'gather');
    if (expected > GATHER_UP_TO) {
      const rows = await selectPhoneNumbers(database, selection, page, 'glance');
      if (rows.length === page.limit) return rows;
    }
    return selectPhoneNumbers(database, selection, page, 'gather');
  };

  return async ({ actor }: RequestContext, query: PhoneNumberListQuery): Promise<PhoneNumberList> => {
    const { page_size: pageSize, page_token: token, skip, q, sort, include } = query;
    const { provider, inbound_agent_id, outbound_agent_id, agent_id, routed_agent_id, answering_now } = query;
    const { region, label, fingerprint } = query;
    if (fingerprint !== undefined && !mayReveal(actor))
      throw new Problem('forbidden', 'Leave out fingerprint: which numbers share a credential is for those who may reveal it.');
    const filter: PhoneNumberFilter = {
      provider,
      inbound_agent_id,
      outbound_agent_id,
      agent_id,
      routed_agent_id,
      answering_now,
      region,
      label,
      fingerprint,
    };
    const list = ['phone-numbers', sort, q ?? null, ...Object.values(filter).map((value) => value ?? null)];
    const after = token === undefined ? undefined : pageTokens.read(list, token);

    const terms = await findTerms(q);
    const isAnsweringAsked = include?.includes('answering_now') === true;
    const now = new Date();
    const allHours = answering_now === undefined ? [] : await businessHours.findHours(database, null);
    const selection = selectionOf(filter, terms, hoursNow(allHours, now));
    const field = sort.replace('-', '') as PhoneNumberSortField;
    const page = { field, descending: sort.startsWith('-'), after, skip, limit: pageSize + 1 };
    const [rows, total] = await Promise.all([findRows(selection, page), include?.includes('total') ? count(selection, terms.length > 0) : {}]);
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
