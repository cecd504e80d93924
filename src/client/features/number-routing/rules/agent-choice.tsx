import { Suspense, useState, type ComponentProps } from 'react';
import { controlClass } from '#client/components/ui/input.tsx';
import { AgentName, opensMenuClass } from '#client/features/numbers/agent-button.tsx';
import { faceOf, type agentsById } from '#client/features/numbers/agent-faces.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';

const loadMenu = () => import('#client/features/numbers/agent-menu.tsx');
const AgentMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.AgentMenu })));
const onIntent = () => void loadMenu();

export type AgentControl = Pick<
  ComponentProps<'button'>,
  'id' | 'aria-labelledby' | 'aria-describedby' | 'aria-invalid'
>;

interface Props extends Omit<ComponentProps<'button'>, 'onClick' | 'className' | 'children' | 'type'> {
  control?: AgentControl | undefined;
  /** Who is chosen, as the menu and the button are called: `Agent that stands in`. */
  label: string;
  agents: ReturnType<typeof agentsById>;
  /** Empty where none is chosen yet. */
  agentId: string;
  /** Who is not offered. */
  except?: string | undefined;
  onChoose: (agentId: string) => void;
}

/** What stands for the agent that is chosen, or for the choice to come. */
export const chosenFace = (agents: Props['agents'], agentId: string) =>
  agentId === '' ? ({ kind: 'none', name: 'Choose an agent' } as const) : faceOf(agents, agentId);

/** One agent, which must be some: an agent that is missing or retired is shown as what it is, and kept. */
export const AgentChoice = ({ control, label, agents, agentId, except, onChoose, ...props }: Props) => {
  const labelledBy = control?.['aria-labelledby'];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const face = chosenFace(agents, agentId);
  return (
    <>
      <button
        {...control}
        // With a label beside it, its name is that and who is chosen.
        {...(labelledBy === undefined
          ? { 'aria-label': `${label}: ${face.name}` }
          : { 'aria-labelledby': `${labelledBy} ${control?.id}` })}
        type="button"
        {...props}
        aria-haspopup="dialog"
        className={classes(controlClass, opensMenuClass)}
        onPointerEnter={onIntent}
        onFocus={onIntent}
        onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
      >
        <AgentName face={face} />
      </button>
      <Suspense>
        {anchor && (
          <AgentMenu
            anchor={anchor}
            direction="inbound"
            label={`Choose the ${label.toLowerCase()}`}
            isRequired
            agentId={agentId === '' ? null : agentId}
            except={except}
            onChoose={(id) => id !== null && onChoose(id)}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  );
};
