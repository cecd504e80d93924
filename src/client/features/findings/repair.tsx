import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { Button } from '#client/components/ui/button.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { Switch } from '#client/components/ui/switch.tsx';
import { agentsQuery } from '#client/features/agents/queries.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { agentsById, faceOf } from '#client/features/numbers/agent-faces.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { giveAgent, giveHours, ruleOf, switchOff } from './number-repairs.ts';
import { useDropException, useMendNumber } from './use-repair.ts';

const loadMenu = () => import('#client/features/numbers/agent-menu.tsx');
const AgentMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.AgentMenu })));

interface RepairProps {
  finding: EstateFinding;
}

const numberOf = ({ phone_number: number }: EstateFinding) => number?.phone_number_international ?? '';

const agentNames: Record<string, string> = {
  '/inbound_agent_id': 'Inbound agent',
  '/outbound_agent_id': 'Outbound agent',
};

const AgentRepair = ({ finding }: RepairProps) => {
  const client = useQueryClient();
  const mend = useMendNumber();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { pointer, agent_id: wrong } = finding;
  const choose = (agentId: string) => {
    // One that was created in the menu is known there by now.
    const { name } = faceOf(agentsById(client.getQueryData(agentsQuery.queryKey)), agentId);
    // As the list says it of the same act.
    const said = `${numberOf(finding)}: ${agentNames[pointer] ?? 'Agent'} is now ${name}`;
    void mend(finding, giveAgent(finding, agentId), { now: name, said }, wrong !== null);
  };
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Choose an agent for ${numberOf(finding)}`}
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
      >
        Choose an agent
      </Button>
      <Suspense>
        {anchor && (
          <AgentMenu
            anchor={anchor}
            direction={pointer === '/outbound_agent_id' ? 'outbound' : 'inbound'}
            label={agentNames[pointer] === undefined ? 'Choose the agent' : undefined}
            isRequired
            agentId={wrong}
            onChoose={(agentId) => agentId !== null && choose(agentId)}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  );
};

const RuleRepair = ({ finding, at }: RepairProps & { at: number }) => {
  const mend = useMendNumber();
  const [isOn, setOn] = useState(true);
  const name = `Rule ${at + 1}`;
  const number = numberOf(finding);
  return (
    <label className="flex items-center gap-2 text-ink-2">
      {name}
      <span className="sr-only"> of {number}</span>
      <Switch
        checked={isOn}
        onCheckedChange={() => {
          setOn(false);
          const words = { now: 'Switched off', said: `${name} of ${number} switched off` };
          void mend(finding, switchOff(finding), words).finally(() => setOn(true));
        }}
      />
    </label>
  );
};

const HoursRepair = ({ finding }: RepairProps) => {
  const mend = useMendNumber();
  const { data: all = [] } = useBusinessHours();
  return (
    <select
      aria-label={`Business hours of ${numberOf(finding)}`}
      value=""
      className={classes(controlClass, 'h-7 max-w-56 px-2')}
      onChange={({ target }) => {
        const chosen = all.find(({ business_hours_id: id }) => id === target.value);
        const now = chosen?.name ?? 'Always open';
        const said = `${numberOf(finding)} ${chosen ? `now goes by ${now}` : 'is now always open'}`;
        void mend(finding, giveHours(chosen?.business_hours_id ?? null), { now, said });
      }}
    >
      <option value="" disabled>
        Choose hours
      </option>
      <option value="none">None (always open)</option>
      {all.map(({ business_hours_id: id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
};

const ExceptionRepair = ({ finding }: RepairProps) => {
  const drop = useDropException();
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      variant="outline"
      size="sm"
      isBusy={isBusy}
      aria-label={`Remove it from ${finding.business_hours?.name ?? ''}`}
      onClick={() => {
        setBusy(true);
        void drop(finding).finally(() => setBusy(false));
      }}
    >
      Remove it
    </Button>
  );
};

const HoursEdit = ({ finding: { business_hours: hours } }: RepairProps) =>
  hours && (
    <Button
      variant="outline"
      size="sm"
      aria-label={`Edit hours: ${hours.name}`}
      onClick={() => void editBusinessHours({ businessHoursId: hours.business_hours_id })}
    >
      Edit hours
    </Button>
  );

/** What puts a finding right, where it stands; nothing where that takes a look at the whole number. */
export const Repair = ({ finding }: RepairProps) => {
  switch (finding.code) {
    case 'nobody_answers':
    case 'retired_agent':
    case 'missing_agent':
      return <AgentRepair finding={finding} />;
    case 'unreachable_rule':
    case 'forward_to_itself':
    case 'forward_loop': {
      const at = ruleOf(finding.pointer);
      return at === null ? null : <RuleRepair finding={finding} at={at} />;
    }
    case 'zone_of_another_country':
      return <HoursRepair finding={finding} />;
    case 'past_exception':
      return <ExceptionRepair finding={finding} />;
    case 'hours_across_zones':
      return <HoursEdit finding={finding} />;
    // What is on both sides is to be looked at first.
    case 'upstream_gone':
    case 'upstream_refused':
    case 'upstream_conflict':
    case 'upstream_held':
    case 'upstream_drift':
      return null;
  }
};
