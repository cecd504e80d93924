import { pointerTo } from '#contract/pointer.ts';
import type { FieldError } from '#contract/errors.ts';
import type { PhoneNumberList, PhoneNumberListQuery } from '#contract/numbers/list/phone-number-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import type { Fingerprints } from '#server/platform/secrets/fingerprints.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { fieldProblem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { isRestorable } from '#server/features/phone-numbers/rows/columns.ts';
import { presentDeleted } from '#server/features/phone-numbers/rows/present-deleted.ts';
import { givenIn, type PhoneNumberFilter } from './conditions.ts';
import { selectDeletedPage } from './deleted-list-store.ts';
import { countPhoneNumbers } from './list-store.ts';
import { selectionOf, type FoundTerm } from './selection.ts';

const COUNT_EXACTLY = 10_000;

const refusal = (name: string, message: string): FieldError => ({
  pointer: pointerTo(name),
  code: 'not_with_deleted',
  message,
});

/** Nobody answers a deleted number, and the list of them has one order: asking otherwise is refused. */
const refuseWhatIsNotTheirs = ({ sort, answering_now, include }: PhoneNumberListQuery): void => {
  const errors = [
    ...(sort === undefined
      ? []
      : [refusal('sort', 'Leave out sort: deleted numbers come with the newest deletion first.')]),
    ...(answering_now === undefined
      ? []
      : [refusal('answering_now', 'Leave out answering_now: nobody answers a deleted number.')]),
    ...(include?.includes('answering_now') === true
      ? [refusal('include', 'Include total alone: nobody answers a deleted number.')]
      : []),
  ];
  if (errors.length > 0) throw fieldProblem(errors);
};

interface DeletedListDependencies {
  database: Database;
  auditEvents: Pick<AuditEventsService, 'findLastActors'>;
  fingerprints: Fingerprints;
  pageTokens: PageTokens;
}

interface DeletedListRequest {
  context: RequestContext;
  query: PhoneNumberListQuery;
  filter: PhoneNumberFilter;
  terms: () => Promise<FoundTerm[]>;
  runHeavy: RunHeavy;
}

/** The numbers that were deleted and can be restored, found and filtered as those that are there. */
export const createDeletedList = ({
  database,
  auditEvents,
  fingerprints,
  pageTokens,
}: DeletedListDependencies) => {
  return async ({
    context: { actor },
    query,
    filter,
    terms,
    runHeavy,
  }: DeletedListRequest): Promise<PhoneNumberList> => {
    refuseWhatIsNotTheirs(query);
    const { page_size: size, page_token: token, skip, q, include } = query;
    const list = ['deleted-phone-numbers', q ?? null, ...givenIn(filter)];
    const after = token === undefined ? undefined : pageTokens.read(list, token);
    const selection = selectionOf(filter, await terms(), { at: new Date(), idsByState: [] }, isRestorable);
    // The page itself is walked to; what is filtered or passed over may lie behind all of them.
    const isLight = selection.isUnfiltered && skip === 0;
    const ask = <T>(work: () => Promise<T>): Promise<T> =>
      isLight ? work() : runHeavy((turn) => turn.query(work));
    const rows = await ask(() => selectDeletedPage(database, selection, { after, skip, limit: size + 1 }));
    const count =
      include === 'total'
        ? await ask(() => countPhoneNumbers(database, selection, COUNT_EXACTLY + 1))
        : undefined;
    const shown = rows.slice(0, size);
    const last = rows.length > size ? shown.at(-1) : undefined;
    return {
      phone_numbers: await presentDeleted(database, auditEvents, shown, fingerprints.shownTo(actor)),
      next_page_token: last ? pageTokens.write(list, [last.deleted_at, last.id]) : null,
      ...(count !== undefined && { total_count: count, total_is_exact: count <= COUNT_EXACTLY }),
    };
  };
};
