import type { ReactNode } from 'react';
import type { ChangeLine } from './change-line.ts';

const Value = ({ children }: { children: string | null }) =>
  children === null ? (
    <span className="text-ink-3">nothing</span>
  ) : (
    <bdi className="line-clamp-3 wrap-anywhere max-sm:line-clamp-6 whitespace-pre-wrap">{children}</bdi>
  );

const Arrow = () => (
  <span className="text-ink-3">
    <span aria-hidden="true">→</span>
    <span className="sr-only"> became </span>
  </span>
);

const secretVerb = ({ before, after }: ChangeLine) =>
  after === null ? 'cleared' : before === null ? 'set' : 'changed';

const Secret = (line: ChangeLine) => (
  <>
    <span>{secretVerb(line)}</span>
    {line.before !== null && <code className="font-mono text-xs text-ink-3">{line.before}</code>}
    {line.before !== null && line.after !== null && <Arrow />}
    {line.after !== null && <code className="font-mono text-xs text-ink-3">{line.after}</code>}
  </>
);

/** Lines of one field begin with its name. */
const fieldOf = ({ id }: ChangeLine) => id.split('.')[0] ?? id;
const isFirst = (lines: readonly ChangeLine[], at: number) =>
  lines.findIndex((line) => fieldOf(line) === fieldOf(lines[at] ?? line)) === at;

/** Line by line, before → after; or what happened, where that says more. */
export const ChangeLines = ({
  lines,
  isFromNothing = false,
  actionOf,
}: {
  lines: readonly ChangeLine[];
  isFromNothing?: boolean;
  /** Stands behind what a field was; of several lines of a field, the first has it. */
  actionOf?: ((field: string) => ReactNode) | undefined;
}) => (
  <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
    {lines.map((line, at) => (
      <div key={line.id} className="contents">
        <dt className="text-ink-3 wrap-anywhere">{line.name}</dt>
        <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          {line.isSecret ? (
            <Secret {...line} />
          ) : line.summary !== undefined ? (
            <>
              <span className="min-w-0">
                <Value>{line.summary}</Value>
              </span>
              {isFirst(lines, at) && actionOf?.(fieldOf(line))}
            </>
          ) : (
            <>
              {!isFromNothing && (
                <>
                  <span className="min-w-0 text-ink-2">
                    <Value>{line.before}</Value>
                  </span>
                  {isFirst(lines, at) && actionOf?.(fieldOf(line))}
                </>
              )}
              {/* Together on the next line where there is no room on this one. */}
              <span className="flex min-w-0 items-baseline gap-x-2">
                {!isFromNothing && <Arrow />}
                <span className="min-w-0">
                  <Value>{line.after}</Value>
                </span>
              </span>
            </>
          )}
        </dd>
      </div>
    ))}
  </dl>
);
