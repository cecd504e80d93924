import type { Scope } from '#contract/access.ts';

/** What a key with the scope may do. */
export const scopeMeanings: Record<Scope, string> = {
  'numbers:read': 'Read numbers, agents and history',
  'numbers:write': 'Add, edit and delete numbers',
  'credentials:reveal': 'Reveal credentials',
  'agents:write': 'Add, rename and retire agents',
  'audit:read': 'Read the activity log',
  'calls:route': 'Ask who answers a call',
};
