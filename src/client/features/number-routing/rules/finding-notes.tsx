import { TriangleAlertIcon } from 'lucide-react';
import type { Finding } from '#contract/numbers/finding.ts';
import { classes } from '#client/lib/classes.ts';
import { useRoutingEditor } from './editor-context.ts';

/** What will surprise a caller, at the place it comes from, and the way out. */
export const FindingNotes = ({ at, className }: { at: (pointer: string) => boolean; className?: string }) => {
  const { findings } = useRoutingEditor();
  const here = findings.filter(({ pointer }) => at(pointer));
  if (here.length === 0) return null;
  return (
    <ul className={classes('grid gap-1', className)}>
      {here.map((finding) => (
        <Note key={finding.pointer + finding.message} {...finding} />
      ))}
    </ul>
  );
};

const Note = ({ severity, message, fix }: Finding) => (
  <li
    className={classes(
      'flex gap-1.5 text-xs wrap-anywhere',
      severity === 'error' ? 'text-harm' : 'text-warn',
    )}
  >
    <TriangleAlertIcon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
    <span>
      <span className="sr-only">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
      {message} <span className="text-ink-2">{fix}</span>
    </span>
  </li>
);
