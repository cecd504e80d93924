import { AgentMenu } from '#client/features/numbers/agent-menu.tsx';
import { agentFieldOf } from '#client/features/numbers/agent-faces.ts';
import { useAssignAgent, type Assignment } from '#client/features/numbers/use-assign-agent.ts';

/** What the menu is asked for: whose agent, and where it opens. */
export type MenuWanted = Omit<Assignment, 'agentId'> & { anchor: HTMLElement };

/** The menu of a row: who is chosen is assigned at once. */
export const AssignMenu = ({ record, direction, anchor, onClose }: MenuWanted & { onClose: () => void }) => {
  const assignAgent = useAssignAgent();
  return (
    <AgentMenu
      anchor={anchor}
      direction={direction}
      agentId={record[agentFieldOf(direction)]}
      linkedTo={record.links.map(({ connection_id: id }) => id)}
      onChoose={(agentId) => assignAgent({ record, direction, agentId })}
      onClose={onClose}
    />
  );
};
