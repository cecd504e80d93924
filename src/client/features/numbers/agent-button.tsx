import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';
import { markOf, type AgentFace, type Direction } from './agent-faces.ts';

/** A control of a form that opens a menu: what is chosen, and an arrow at its end. */
export const opensMenuClass =
  'flex h-8.5 items-center px-2 text-left after:mr-1.5 after:mb-0.5 after:ml-auto after:size-1.5 ' +
  'after:shrink-0 after:rotate-45 after:border-r-[1.5px] after:border-b-[1.5px] after:border-ink-2';

const faceClass =
  'flex w-full items-center gap-2 before:grid before:size-4.5 before:shrink-0 ' +
  'before:place-items-center before:rounded-[5px] before:text-[10px] before:font-semibold ' +
  'before:content-[attr(data-mark)_/_""] ' +
  'group-data-[layout=stacked]/grid:ml-auto group-data-[layout=stacked]/grid:w-fit group-data-[layout=stacked]/grid:max-w-full';

const kindClass: Record<AgentFace['kind'], string> = {
  active: 'before:bg-press before:text-ink-2',
  none: 'text-ink-3',
  retired: 'text-harm before:bg-harm-wash',
  missing: 'text-harm before:bg-harm-wash',
  loading: 'before:bg-press',
  service: 'text-ink-2 before:border before:border-line-2',
};

// The arrow is made for the row under the hand alone: thirty rows of two would be sixty boxes more to lay
// out.
const buttonClass =
  'relative -ml-1.75 h-7 w-[calc(100%+0.4375rem)]! rounded-md border border-transparent pr-1.5 ' +
  'pl-1.5 text-left group-not-data-[layout=stacked]/grid:group-hover/row:pr-6 group-not-data-[layout=stacked]/grid:group-focus-within/row:pr-6 group-data-[layout=stacked]/grid:mr-0 ' +
  'group-data-[layout=stacked]/grid:w-fit! group-data-[layout=stacked]/grid:px-0 ' +
  'after:absolute after:top-2 after:right-2.5 after:size-1.5 after:rotate-45 ' +
  'after:border-r-[1.5px] after:border-b-[1.5px] after:border-ink-2 after:content-none ' +
  'group-data-[layout=wide]/grid:group-hover/row:border-line-2 group-data-[layout=wide]/grid:group-hover/row:bg-surface ' +
  'group-not-data-[layout=stacked]/grid:group-hover/row:after:content-[""] group-not-data-[layout=stacked]/grid:group-focus-within/row:after:content-[""] ' +
  'hover:border-line-3! hover:bg-surface aria-expanded:border-ring! aria-expanded:bg-surface';

/** The name of an agent, where it may only be read. */
export const AgentName = ({ face, className }: { face: AgentFace; className?: string }) => (
  <span data-mark={markOf(face)} className={classes(faceClass, kindClass[face.kind], className)}>
    <span className="truncate">{face.name}</span>
  </span>
);

interface AgentButtonProps extends ComponentProps<'button'> {
  face: AgentFace;
  direction: Direction;
  /** Who stands in for the agent now. */
  standIn?: string;
}

/**
 * The agent of a row. It is a plain button: a menu mounted in every row costs 40 % of the time of a scroll,
 * so one menu is shared, and mounted when it is first asked for.
 */
export const AgentButton = ({ face, direction, standIn, className, ...props }: AgentButtonProps) => (
  <button
    type="button"
    aria-haspopup="dialog"
    aria-label={`${direction === 'inbound' ? 'Inbound' : 'Outbound'} agent: ${face.name}${standIn === undefined ? '' : `; ${standIn}`}`}
    data-direction={direction}
    data-mark={markOf(face)}
    className={classes(faceClass, buttonClass, kindClass[face.kind], className)}
    {...props}
  >
    <span className="truncate">{face.name}</span>
    {standIn !== undefined && (
      <span aria-hidden="true" className="shrink-0 text-xs text-over">
        ⇄
      </span>
    )}
  </button>
);
