import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { AuditEvent } from '#contract/audit-events.ts';
import { Button } from '#client/components/ui/button.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { jobHref } from '#client/features/bulk/job-words.ts';
import { actionVerbs, fieldName } from './audit-words.ts';
import { ChangeList } from './change-list.tsx';
import { commonChanges } from './fold-events.ts';

interface Props {
  /** Newest first, at least one. */
  run: readonly AuditEvent[];
  /** There may be more of the same job, which were not read yet. */
  mayGoOn: boolean;
  time: ReactNode;
  actor: ReactNode;
  agentName: (id: string) => string | undefined;
  hoursName: (id: string) => string | undefined;
  /** Each of them by itself. */
  children: ReactNode;
}

const subjectsOf = (run: readonly AuditEvent[], mayGoOn: boolean): string => {
  const [first] = run;
  const count = new Set(run.map(({ subject }) => subject.id)).size;
  if (first?.subject.kind === 'phone_number')
    return mayGoOn ? `${formatCount(count)} or more numbers` : plural(count, 'number');
  return count === 1
    ? `${first?.subject.name}, ${formatCount(run.length)} times`
    : `${first?.subject.name} and ${formatCount(count - 1)} more`;
};

/** A run of like events as one: Tomás Vidal updated 45 numbers, inbound agent → Night desk. */
export const FoldedEvents = ({ run, mayGoOn, time, actor, agentName, hoursName, children }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const [first] = run;
  if (first === undefined) return null;
  const common = commonChanges(run);
  // Of what was not there before every field is another.
  const others = first.action.endsWith('.added')
    ? []
    : Object.keys(first.changes).filter((field) => common[field] === undefined);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)]">
      <div className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[4.5rem_minmax(0,1fr)]">
        {time}
        <div className="grid min-w-0 content-start gap-1">
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <p className="min-w-0 wrap-anywhere">
              {actor} <span className="text-ink-2">{actionVerbs[first.action]}</span>{' '}
              <bdi className="font-medium">{subjectsOf(run, mayGoOn)}</bdi>
              {first.bulk_job_id !== null && (
                <>
                  {' '}
                  <span className="text-ink-2">of</span>{' '}
                  <Link
                    href={jobHref(first.bulk_job_id)}
                    className="rounded-sm font-medium underline decoration-line-2 underline-offset-3 hover:decoration-current"
                  >
                    one job
                  </Link>
                </>
              )}
              {others.length > 0 && <span className="text-ink-2">: {others.map(fieldName).join(', ')}</span>}
            </p>
            <Button
              variant="outline"
              size="sm"
              className="ml-auto max-sm:ml-0"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Fold' : 'Show each'}
            </Button>
          </div>
          <ChangeList
            changes={common}
            isFromNothing
            subjectName={first.subject.name}
            agentName={agentName}
            hoursName={hoursName}
          />
        </div>
      </div>
      {isOpen && <ol className="divide-y divide-line/60 border-t border-line/60 sm:pl-6">{children}</ol>}
    </li>
  );
};
