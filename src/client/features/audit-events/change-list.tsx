import { useState, type ReactNode } from 'react';
import type { AuditEvent } from '#contract/audit-events.ts';
import { plural } from '#client/lib/words/format.ts';
import { changeLines } from './audit-words.ts';
import { ChangeLines } from './change-lines.tsx';

const SHOWN = 5;
// Room for "one more" is room for the one.
const WORTH_HIDING = 2;

interface Props {
  changes: AuditEvent['changes'];
  /** Where nothing was before, as when something is added, only what is now is said. */
  isFromNothing: boolean;
  /** What the event has already named; an addition does not say it again. */
  subjectName: string;
  agentName: (id: string) => string | undefined;
  hoursName: (id: string) => string | undefined;
  /** What can be done with what a field was. */
  actionOf?: ((field: string) => ReactNode) | undefined;
}

/** Field by field, before → after. */
export const ChangeList = ({
  changes,
  isFromNothing,
  subjectName,
  agentName,
  hoursName,
  actionOf,
}: Props) => {
  const [isWhole, showWhole] = useState(false);
  const lines = changeLines(changes, agentName, hoursName).filter(
    ({ after }) => !isFromNothing || after !== subjectName,
  );
  if (lines.length === 0) return null;
  const shown = isWhole || lines.length < SHOWN + WORTH_HIDING ? lines : lines.slice(0, SHOWN);
  return (
    <div className="grid gap-0.5">
      <ChangeLines lines={shown} isFromNothing={isFromNothing} actionOf={actionOf} />
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
