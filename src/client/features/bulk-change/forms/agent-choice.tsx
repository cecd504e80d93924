import { Suspense, useState } from 'react';
import type { FormControl } from '#client/components/form/form-sheet-field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { AgentName, opensMenuClass } from '#client/features/numbers/agent-button.tsx';
import { agentsById, faceOf } from '#client/features/numbers/agent-faces.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';

const AgentMenu = lazyPart(() =>
  import('#client/features/numbers/agent-menu.tsx').then((file) => ({ default: file.AgentMenu })),
);

interface Props {
  control: FormControl;
  /** What is chosen, as the menu is called. */
  label: string;
  /** Null where none is chosen yet. */
  agentId: string | null;
  onChoose: (agentId: string) => void;
}

/** One agent, which must be some. */
export const AgentChoice = ({
  control: { 'aria-labelledby': labelledBy, ...control },
  label,
  agentId,
  onChoose,
}: Props) => {
  const agents = agentsById(useAgents().data);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const face =
    agentId === null ? ({ kind: 'none', name: 'Choose an agent' } as const) : faceOf(agents, agentId);
  return (
    <>
      <button
        {...control}
        type="button"
        aria-haspopup="dialog"
        aria-labelledby={`${labelledBy} ${control.id}`}
        className={classes(controlClass, opensMenuClass)}
        onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
      >
        <AgentName face={face} />
      </button>
      <Suspense>
        {anchor && (
          <AgentMenu
            anchor={anchor}
            direction="inbound"
            label={label}
            isRequired
            agentId={agentId}
            onChoose={(id) => id !== null && onChoose(id)}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  );
};
