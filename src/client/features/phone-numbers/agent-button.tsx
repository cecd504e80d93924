import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';
import { markOf, type AgentFace, type Direction } from './agent-faces.ts';

const faceClass =
  'block w-full truncate before:mr-2 before:inline-grid before:size-4.5 before:place-items-center before:rounded-[5px] before:align-[-3px] before:text-[10px] before:font-semibold before:content-[attr(data-mark)]';

const kindClass: Record<AgentFace['kind'], string> = {
  active: 'before:bg-press before:text-ink-2',
  none: 'text-ink-3 before:border before:border-dashed before:border-line-3',
  retired: 'text-harm before:bg-harm-wash',
  missing: 'text-harm before:bg-harm-wash',
  loading: 'before:bg-press',
};

const buttonClass =
  'relative h-7 rounded-md border border-transparent pr-6 pl-1.5 text-left -ml-1.75 w-[calc(100%+0.875rem)]! ' +
  'after:absolute after:top-2 after:right-2.5 after:size-1.5 after:rotate-45 after:border-r-[1.5px] after:border-b-[1.5px] after:border-ink-2 after:opacity-0 ' +
  'group-hover/row:border-line-2 group-hover/row:bg-surface group-hover/row:after:opacity-100 group-focus-within/row:border-line-2 group-focus-within/row:bg-surface group-focus-within/row:after:opacity-100 ' +
  'hover:border-line-3! aria-expanded:border-ring!';

/** The name of an agent, where it may only be read. */
export const AgentName = ({ face }: { face: AgentFace }) => (
  <span data-mark={markOf(face)} className={classes(faceClass, kindClass[face.kind])}>
    {face.name}
  </span>
);

interface AgentButtonProps extends ComponentProps<'button'> {
  face: AgentFace;
  direction: Direction;
}

/**
 * The agent of a row. It is a plain button: a menu mounted in every row costs 40 % of the time of a scroll, so one
 * menu is shared, and mounted when it is first asked for.
 */
export const AgentButton = ({ face, direction, className, ...props }: AgentButtonProps) => (
  <button
    type="button"
    aria-haspopup="dialog"
    aria-label={`${direction === 'inbound' ? 'Inbound' : 'Outbound'} agent: ${face.name}`}
    data-direction={direction}
    data-mark={markOf(face)}
    className={classes(faceClass, buttonClass, kindClass[face.kind], className)}
    {...props}
  >
    {face.name}
  </button>
);
