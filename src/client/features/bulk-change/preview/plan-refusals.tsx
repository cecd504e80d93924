import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { BulkPlan, BulkRefusal } from '#contract/bulk/plans.ts';
import { toApiError } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { reasonForMany } from '#client/features/bulk/job-words.ts';
import { refusedRowsQuery } from '#client/features/bulk/queries.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';

interface Group {
  code: string;
  count: number;
  messages: string[];
}

/** The groups by their code: by it their numbers are asked for. */
export const groupRefusals = (refusals: readonly BulkRefusal[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const { code, message, count } of refusals) {
    const group = groups.get(code) ?? { code, count: 0, messages: [] };
    group.count += count;
    group.messages.push(message);
    groups.set(code, group);
  }
  return [...groups.values()];
};

const RefusedNumbers = ({ planId, group }: { planId: string; group: Group }) => {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(refusedRowsQuery(planId, group.code));
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-1.5 pb-2.5 pl-13">
      {isPending && <p className="text-ink-2">Reading the numbers</p>}
      {error && (
        <p role="alert" className="text-harm">
          {toApiError(error).detail}{' '}
          <Button variant="link" size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      <ul className="grid w-full grid-cols-[minmax(0,1fr)] gap-y-1">
        {rows.map(({ phone_number_id: id, phone_number, friendly_name, message }) => (
          <li key={id ?? phone_number} className="flex min-w-0 flex-wrap gap-x-3">
            <NumberName id={id} phoneNumber={phone_number} name={friendly_name} />
            {group.messages.length > 1 && (
              <span className="text-ink-2 wrap-anywhere">{reasonForMany(message ?? '')}</span>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="outline" size="sm" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
};

const RefusalGroup = ({ planId, group }: { planId: string; group: Group }) => {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { count, messages } = group;
  const [message, ...others] = messages;
  return (
    <li>
      <div className="flex items-baseline gap-2 py-2">
        <span className="w-11 shrink-0 font-medium tabular-nums">{formatCount(count)}</span>
        <span id={id} className="min-w-0 flex-1 wrap-anywhere">
          {reasonForMany(message ?? '')}
          {others.length > 0 && (
            <span className="text-ink-2"> And {formatCount(others.length)} reasons like it.</span>
          )}
        </span>
        <Button
          variant="link"
          size="sm"
          aria-expanded={isOpen}
          aria-describedby={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      </div>
      {isOpen && <RefusedNumbers planId={planId} group={group} />}
    </li>
  );
};

/** Why numbers cannot change, each reason with its numbers. */
export const PlanRefusals = ({ plan_id: planId, refusals }: Pick<BulkPlan, 'plan_id' | 'refusals'>) =>
  refusals.length > 0 && (
    <section aria-labelledby="plan-refusals" className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <h3 id="plan-refusals" className="font-semibold">
        Cannot change
      </h3>
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line/60">
        {groupRefusals(refusals).map((group) => (
          <RefusalGroup key={group.code} planId={planId} group={group} />
        ))}
      </ul>
    </section>
  );
