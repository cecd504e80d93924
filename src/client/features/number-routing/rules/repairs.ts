import { partsOfPointer } from '#contract/pointer.ts';
import type { Finding } from '#contract/numbers/finding.ts';
import type { Routing } from '#contract/numbers/routing.ts';

/** A way to put a finding right, as its button says it. */
export type Repair = { name: string } & (
  | { kind: 'show'; pointer: string }
  | { kind: 'edit_hours' }
  | { kind: 'new_hours'; timeZone: string }
);

const hoursPointer = '/routing/business_hours_id';
const show = (name: string, pointer: string): Repair => ({ kind: 'show', name, pointer });
const chooseHours = show('Choose business hours', hoursPointer);
const editHours: Repair = { kind: 'edit_hours', name: 'Edit business hours' };

const ofRule = (pointer: string, { business_hours_id: hoursId, rules }: Routing): Repair[] => {
  const place = Number(partsOfPointer(pointer)[2]);
  const open = show(`Open rule ${place + 1}`, pointer);
  const asked = rules[place]?.when.hours ?? 'any';
  if (asked === 'any') return [open];
  return hoursId === null ? [chooseHours, open] : [open, editHours];
};

/**
 * What leads to the repair of a finding, the likeliest first.
 * @param countryZone the one zone of the number's country; undefined where it has several
 */
export const repairsOf = (
  { code, pointer }: Pick<Finding, 'code' | 'pointer'>,
  routing: Routing,
  countryZone: string | undefined,
): Repair[] => {
  switch (code) {
    case 'nobody_answers':
      return [
        show('Choose an inbound agent', '/inbound_agent_id'),
        show('Choose a fallback', '/routing/fallback'),
      ];
    case 'unreachable_rule':
      return ofRule(pointer, routing);
    case 'missing_agent':
    case 'retired_agent':
      return [show('Choose another agent', pointer)];
    case 'forward_to_itself':
    case 'forward_loop':
      return [show('Change the forward', pointer)];
    case 'zone_of_another_country':
      return [
        chooseHours,
        ...(countryZone === undefined
          ? []
          : [{ kind: 'new_hours', name: `New hours in ${countryZone}`, timeZone: countryZone } as const]),
      ];
    case 'past_exception':
    case 'hours_across_zones':
      return [editHours];
    // Never of rules.
    case 'upstream_gone':
    case 'upstream_refused':
    case 'upstream_conflict':
    case 'upstream_held':
    case 'upstream_drift':
      return [];
  }
};
