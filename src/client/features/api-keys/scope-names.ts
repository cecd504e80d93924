import type { Scope } from '#contract/access.ts';

/** What a key with the scope may do. */
export const scopeMeanings: Record<Scope, string> = {
  'numbers:read': 'Read numbers, agents, business hours, findings and history',
  'numbers:write': 'Add, edit and delete numbers and business hours',
  'credentials:reveal': 'Reveal credentials',
  'agents:write': 'Add, edit and retire agents',
  'audit:read': 'Read the activity log',
  'calls:route': 'Ask who answers a call',
  'connections:read': 'Read connections',
  'connections:write': 'Add, change, pause and remove connections',
};
