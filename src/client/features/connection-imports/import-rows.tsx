import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ConnectionImport,
  type ConnectionImportFinding,
  type ConnectionImportRow,
} from '#contract/bulk/connection-imports.ts';
import { toApiError } from '#client/api/api-error.ts';
import { Choice } from '#client/components/choice.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { ChangeList } from '#client/features/audit-events/change-list.tsx';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { formatCount } from '#client/lib/words/format.ts';
import { becomesWords, findingNames } from './import-words.ts';
import { importRowsQuery } from './queries.ts';

const Row = ({ row }: { row: ConnectionImportRow }) => {
  const agents = useAgents().data;
  const isNew = row.phone_number_id === null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[17rem_minmax(0,1fr)]">
      <span className="grid content-start">
        <NumberName
          id={row.phone_number_id}
          phoneNumber={row.phone_number ?? ''}
          name={row.friendly_name}
          isLink
        />
        <span className="text-xs text-ink-3">{becomesWords[row.becomes]}</span>
      </span>
      <span className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {row.message !== null && <span className="text-ink-2 wrap-anywhere">{row.message}</span>}
        <ChangeList
          changes={row.differences}
          isFromNothing={isNew}
          subjectName={isNew ? (row.phone_number ?? '') : ''}
          agentName={(agent) =>
            agents?.find(({ ai_agent_id }) => ai_agent_id === agent)?.agent_name ??
            // One that is still to be added goes by its name, which is no id.
            (/^[0-9a-f]{24}$/.test(agent) ? undefined : agent)
          }
          hoursName={() => undefined}
        />
      </span>
    </li>
  );
};

const order: readonly ConnectionImportFinding[] = ['new', 'different', 'same', 'elsewhere', 'unusable'];

/** The numbers of the account, group by group: as each is here → as it is there. */
export const ImportRows = ({ plan }: { plan: ConnectionImport }) => {
  const groups = order.filter((finding) => plan.counts[finding] > 0);
  const [chosen, choose] = useState<ConnectionImportFinding | null>(null);
  const shown = chosen !== null && groups.includes(chosen) ? chosen : groups[0];
  const rows = useInfiniteQuery({
    ...importRowsQuery(plan, shown ?? 'new'),
    enabled: shown !== undefined,
  });
  if (shown === undefined) return null;
  const names = Object.fromEntries(
    order.map((finding) => [finding, `${findingNames[finding]} ${formatCount(plan.counts[finding])}`]),
  ) as Record<ConnectionImportFinding, string>;
  return (
    <section aria-labelledby="import-numbers" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="import-numbers" className="font-semibold">
        Numbers
      </h2>
      <div className="overflow-x-auto">
        <Choice
          name="group"
          label="Which numbers"
          options={groups}
          names={names}
          chosen={shown}
          onChoose={choose}
        />
      </div>
      {rows.isPending && <RowsSkeleton rows={4} />}
      {rows.data && (
        <ul
          aria-label={findingNames[shown]}
          className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line/60"
        >
          {rows.data.pages
            .flatMap((page) => page.rows)
            .map((row, at) => (
              <Row key={row.upstream_id ?? at} row={row} />
            ))}
        </ul>
      )}
      {rows.error && (
        <p role="alert" className="text-harm">
          {toApiError(rows.error).detail}{' '}
          <Button variant="link" onClick={() => void rows.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {rows.hasNextPage && (
        <Button
          variant="outline"
          className="justify-self-start"
          isBusy={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
};
