import { useState } from 'react';
import type { AuditEvent } from '#contract/audit-events.ts';
import { plural } from '#client/lib/format.ts';
import { changeLines, type ChangeLine } from './audit-words.ts';

const SHOWN = 5;
// Room for "one more" is room for the one.
const WORTH_HIDING = 2;

const Value = ({ children }: { children: string | null }) =>
  children === null ? <span className="text-ink-3">nothing</span> : <bdi className="line-clamp-3 wrap-anywhere whitespace-pre-wrap">{children}</bdi>;

const Arrow = () => (
  <span className="text-ink-3">
    <span aria-hidden="true">→</span>
    <span className="sr-only"> became </span>
  </span>
);

const secretVerb = ({ before, after }: ChangeLine) => (after === null ? 'cleared' : before === null ? 'set' : 'changed');

const Secret = (line: ChangeLine) => (
  <>
    <span>{secretVerb(line)}</span>
    {line.before !== null && <code className="font-mono text-xs text-ink-3">{line.before}</code>}
    {line.before !== null && line.after !== null && <Arrow />}
    {line.after !== null && <code className="font-mono text-xs text-ink-3">{line.after}</code>}
  </>
);

interface Props {
  changes: AuditEvent['changes'];
  /** Where nothing was before, as when something is added, only what is now is said. */
  isFromNothing: boolean;
  /** What the event has already named; an addition does not say it again. */
  subjectName: string;
  agentName: (id: string) => string | undefined;
}

/** Field by field, before → after. */
export const ChangeList = ({ changes, isFromNothing, subjectName, agentName }: Props) => {
  const [isWhole, showWhole] = useState(false);
  const lines = changeLines(changes, agentName).filter(({ after }) => !isFromNothing || after !== subjectName);
  if (lines.length === 0) return null;
  const shown = isWhole || lines.length < SHOWN + WORTH_HIDING ? lines : lines.slice(0, SHOWN);
  return (
    <div className="grid gap-0.5">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
        {shown.map((line) => (
          <div key={line.id} className="contents">
            <dt className="text-ink-3 wrap-anywhere">{line.name}</dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              {line.isSecret ? (
                <Secret {...line} />
              ) : (
                <>
                  {!isFromNothing && (
                    <>
                      <span className="min-w-0 text-ink-2">
                        <Value>{line.before}</Value>
                      </span>
                      <Arrow />
                    </>
                  )}
                  <span className="min-w-0">
                    <Value>{line.after}</Value>
                  </span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < lines.length && (
        <button
          type="button"
          className="justify-self-start rounded-sm text-xs font-medium text-ink-2 underline decoration-line-3 underline-offset-3"
          onClick={() => showWhole(true)}
        >
          Show {plural(lines.length - shown.length, 'more field')}
        </button>
      )}
    </div>
  );
};
