import type { ReactNode } from 'react';
import { useId } from 'react';
import { Link } from 'wouter';
import type { AgentUse, AgentUseKind } from '#contract/agent-uses.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { leaveAt } from '#client/lib/left-at.ts';
import { useNow } from '#client/lib/use-now.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { useAgentUses } from './use-agent-uses.ts';
import { placeWords, standInWords } from './use-words.ts';

interface Section {
  title: string;
  none: string;
  /** The list's filter that shows just these; it has none for stand-ins. */
  filter: 'inbound_agent_id' | 'outbound_agent_id' | 'routed_agent_id' | null;
}

const sections: Record<AgentUseKind, Section> = {
  inbound: {
    title: 'Inbound numbers',
    none: 'No number has it as its inbound agent.',
    filter: 'inbound_agent_id',
  },
  outbound: {
    title: 'Outbound numbers',
    none: 'No number has it as its outbound agent.',
    filter: 'outbound_agent_id',
  },
  routing: {
    title: 'Rules, splits and fallbacks',
    none: 'No rule, split or fallback names it.',
    filter: 'routed_agent_id',
  },
  stand_in: {
    title: 'Stand-ins, now and coming',
    none: 'It stands in for nobody, now or later.',
    filter: null,
  },
};

const linkClass = 'rounded-sm underline decoration-line-2 underline-offset-3 hover:decoration-current';

const UseRow = ({ use, kind, now }: { use: AgentUse; kind: AgentUseKind; now: number }) => {
  const { _id: id, phone_number_international: number, friendly_name: name } = use.phone_number;
  const row = `${kind} ${id}`;
  const words: ReactNode[] =
    kind === 'routing' ? use.places.map(placeWords) : kind === 'stand_in' ? [standInWords(use, now)] : [];
  return (
    <li
      data-row={row}
      className="flex min-h-9 flex-wrap items-baseline gap-x-3 border-t border-line/60 py-1.5"
    >
      <Link
        href={`/numbers/${encodeURIComponent(id)}${kind === 'routing' ? '?tab=routing' : ''}`}
        // Closing the sheet leads back here.
        state={{ fromList: true }}
        className={`${linkClass} font-medium`}
        onClick={leaveAt(row)}
      >
        {number}
      </Link>
      {name !== null && (
        <bdi className="min-w-0 truncate text-ink-2" title={name}>
          {name}
        </bdi>
      )}
      {words.length > 0 && (
        <ul className="ml-auto min-w-0 text-right text-ink-2 wrap-anywhere">
          {words.map((each, at) => (
            <li key={at}>{each}</li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** The numbers that name the agent in one way, each a link to where it does. */
export const AgentUses = ({ agentId, kind }: { agentId: string; kind: AgentUseKind }) => {
  const id = useId();
  const now = useNow();
  const { uses, count, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useAgentUses(agentId, kind);
  const { title, none, filter } = sections[kind];
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="flex items-baseline gap-2">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {count && (
          <span className="text-ink-3">
            {count.isExact ? '' : '≈\u2009'}
            {formatCount(count.count)}
          </span>
        )}
        {filter !== null && count !== undefined && count.count > 0 && (
          <Link
            href={`/numbers?${filter}=${encodeURIComponent(agentId)}`}
            aria-label={`${title}: show in the list`}
            className={`${linkClass} ml-auto`}
          >
            Show in the list
          </Link>
        )}
      </div>
      {isPending && <RowsSkeleton rows={2} />}
      {error && uses === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {uses?.length === 0 && <p className="text-ink-2">{none}</p>}
      {uses && uses.length > 0 && (
        <ul aria-label={title} className="grid grid-cols-[minmax(0,1fr)]">
          {uses.map((use) => (
            <UseRow key={use.phone_number._id} {...{ use, kind, now }} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          className="justify-self-start"
          isBusy={isFetchingNextPage}
          aria-label={`${title}: show more`}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
};
