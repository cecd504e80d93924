import type { Conditions, Rule } from '#contract/numbers/routing.ts';
import type { Destination, DestinationType } from '#contract/numbers/destination.ts';

export const emptyConditions: Conditions = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};

/** What each destination begins as. No agent is chosen where the id is empty: saving asks for one. */
export const emptyDestinations: { [T in DestinationType]: Extract<Destination, { type: T }> } = {
  agent: { type: 'agent', agent_id: '' },
  split: {
    type: 'split',
    agents: [
      { agent_id: '', weight: 1 },
      { agent_id: '', weight: 1 },
    ],
  },
  forward: { type: 'forward', to: '', ring_timeout_seconds: null },
  message: { type: 'message', text: '' },
  voicemail: { type: 'voicemail', greeting: null },
  reject: { type: 'reject', reason: 'declined' },
};

/**
 * An id of the shape that the server gives: the rule keeps it, so that it is the same rule after it is saved.
 */
export const newRuleId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const newRule = (): Rule => ({
  id: newRuleId(),
  name: null,
  enabled: true,
  when: { ...emptyConditions, hours: 'closed' },
  destination: emptyDestinations.agent,
});

/** An empty list asks nothing, as null does. */
export const listOrNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);
