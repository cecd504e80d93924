import type { Hours } from '#contract/business-hours.ts';
import type { RouteAnswer } from '#contract/numbers/route.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import type { Call } from '#routing/call.ts';
import type { Decision } from '#routing/decide.ts';

type DecisionAnswer = Omit<RouteAnswer, 'version' | 'data'>;

interface Decided {
  id: string;
  phoneNumber: string;
  routing: Routing | null;
  call: Call;
  hours: Hours | null;
  /** Null for hours that are not saved. */
  hoursId: string | null;
  decision: Decision;
}

/** A decision as the wire has it. */
export const toAnswer = ({
  id,
  phoneNumber,
  routing,
  call,
  hours,
  hoursId,
  decision,
}: Decided): DecisionAnswer => {
  const { rule, hours: state } = decision;
  return {
    phone_number_id: id,
    phone_number: phoneNumber,
    direction: call.direction,
    at: new Date(call.at).toISOString(),
    destination: decision.destination,
    agent_id: decision.agentId,
    decided_by: decision.decidedBy,
    rule: rule && { id: rule.id, name: rule.name, position: (routing?.rules.indexOf(rule) ?? 0) + 1 },
    hours: hours &&
      state && {
        business_hours_id: hoursId,
        name: hours.name,
        time_zone: hours.time_zone,
        state: state.isOpen ? 'open' : 'closed',
        exception: state.exception?.name ?? null,
        local_time: new Date(state.local).toISOString().slice(0, 16),
      },
    settings: decision.settings,
    reasons: decision.reasons,
  };
};
