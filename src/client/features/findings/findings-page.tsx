import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { FindingCode } from '#contract/numbers/finding.ts';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useConsoleSearch } from '#client/lib/location.ts';
import { useMendedSearch } from '#client/lib/address/mended-search.ts';
import { clockTime, exactTime, formatCount, plural } from '#client/lib/words/format.ts';
import { CodeChips } from './code-chips.tsx';
import { FindingList } from './finding-list.tsx';
import { codeNames, codeOf, countByCode, findingsHref, mendFindingsSearch } from './finding-words.ts';
import { noteFindings, useFindingsSummary } from './queries.ts';
import { useFindings } from './use-findings.ts';
import { useMended } from './use-mended.ts';

const Nothing = ({ code, onAll }: { code: FindingCode | undefined; onAll: () => void }) =>
  code === undefined ? (
    <EmptyState title="Nothing is wrong">
      Every number and all business hours are looked at: that somebody answers, that every rule can match,
      that agents are there and active, that forwards do not lead back, that zones fit the numbers’ countries,
      and that no exception is past.
    </EmptyState>
  ) : (
    <EmptyState
      title={`None of this kind: ${codeNames[code].toLowerCase()}`}
      action={
        <Button variant="outline" onClick={onAll}>
          Show all kinds
        </Button>
      }
    />
  );

const none: readonly EstateFinding[] = [];

const Findings = ({ code, onAll }: { code: FindingCode | undefined; onAll: () => void }) => {
  const {
    findings,
    isPending,
    isError,
    error,
    hasNextPage,
    isLooking,
    isStopped,
    stop,
    goOn,
    isOld,
    lookAgain,
    refetch,
    fetchNextPage,
    isFetching,
    dataUpdatedAt,
  } = useFindings(code);
  const mended = useMended(findings ?? none, dataUpdatedAt);
  useEffect(() => {
    if (findings !== undefined && !hasNextPage && !isError && !isFetching)
      noteFindings(countByCode(findings, code));
  }, [findings, hasNextPage, isError, isFetching, code]);
  if (isPending) return <RowsSkeleton />;
  if (findings === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const isWhole = !hasNextPage;
  const count = `${plural(findings.length, 'finding')}${errors > 0 ? `, ${plural(errors, 'error')}` : ''}`;
  if (mended.shown.length === 0 && isWhole && !isError) return <Nothing code={code} onAll={onAll} />;
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line/60 px-4 py-1.5 text-ink-2">
        <output>
          {isLooking
            ? `Looking through all numbers… ${formatCount(findings.length)} found so far`
            : isStopped
              ? `Stopped: ${formatCount(findings.length)} found so far`
              : isWhole
                ? count
                : `The first ${count}`}
        </output>
        {isLooking && (
          <Button variant="outline" size="sm" onClick={stop}>
            Stop
          </Button>
        )}
        {isStopped && (
          <Button variant="outline" size="sm" onClick={goOn}>
            Go on
          </Button>
        )}
        {isOld && (
          <Button variant="outline" size="sm" className="ml-auto" onClick={lookAgain}>
            Something changed: look again
          </Button>
        )}
      </div>
      <FindingList shown={mended.shown} mended={mended} isLooking={isLooking} />
      {isError && (
        <ErrorPanel error={error} onRetry={() => void (hasNextPage ? fetchNextPage() : refetch())} />
      )}
      {hasNextPage && !isLooking && !isStopped && !isError && (
        <div className="p-4">
          <Button variant="outline" onClick={goOn}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
};

const CountedAt = () => {
  const summary = useFindingsSummary();
  return (
    <span className="min-w-18 text-ink-3" title={summary && exactTime(summary.as_of)}>
      {summary && `as of ${clockTime(summary.as_of)}`}
    </span>
  );
};

/** Everything that is wrong with routing, over all numbers. */
export const FindingsPage = () => {
  const [, go] = useLocation();
  const code = codeOf(useConsoleSearch());
  useMendedSearch(mendFindingsSearch);
  const choose = (chosen: FindingCode | undefined) => go(findingsHref(chosen), { replace: true });
  return (
    <Page
      title="Findings"
      tools={
        <>
          <CountedAt />
          <CodeChips chosen={code} onChoose={choose} />
        </>
      }
    >
      <Findings key={code ?? 'all'} code={code} onAll={() => choose(undefined)} />
    </Page>
  );
};
