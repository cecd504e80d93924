import type { Agent } from '#contract/agents.ts';
import type { AnsweringNow } from '#contract/numbers/list/phone-number-list.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { plural } from '#client/lib/words/format.ts';
import { faceOf, type AgentFace } from './agent-faces.ts';

/** Whether another agent stands in for one of these directions at this moment. */
export const isStoodInFor = (
  { temporary_reassignment: reassignment }: PhoneNumber,
  direction: 'inbound' | 'outbound',
  now: number,
): boolean =>
  reassignment !== null &&
  (reassignment.direction === direction || reassignment.direction === 'both') &&
  Date.parse(reassignment.starts_at) <= now &&
  now < Date.parse(reassignment.ends_at);

const others: Record<Exclude<AnsweringNow['type'], 'agent' | 'split'>, AgentFace> = {
  forward: { kind: 'service', name: 'Forward', mark: '→' },
  message: { kind: 'service', name: 'Message', mark: '“' },
  voicemail: { kind: 'service', name: 'Voicemail', mark: '∞' },
  reject: { kind: 'none', name: 'Nobody' },
};

/**
 * Who answers a number now. Without routing that is seen on the record itself; with routing the list's answer
 * says it, which is undefined until it has come.
 */
export const answeringFace = (
  record: PhoneNumber,
  listed: AnsweringNow | undefined,
  agents: ReadonlyMap<string, Agent> | undefined,
  now = Date.now(),
): AgentFace => {
  if (record.routing === null) {
    const id = isStoodInFor(record, 'inbound', now)
      ? (record.temporary_reassignment?.agent_id ?? null)
      : record.inbound_agent_id;
    return id === null ? others.reject : faceOf(agents, id);
  }
  if (listed === undefined) return { kind: 'loading', name: '' };
  if (listed.type === 'agent') return faceOf(agents, listed.agent_ids[0] ?? null);
  if (listed.type !== 'split') return others[listed.type];
  const names = listed.agent_ids.map((id) => faceOf(agents, id).name);
  return {
    kind: 'service',
    name: plural(names.length, 'agent'),
    mark: '÷',
    title: `Split over ${names.join(', ')}`,
  };
};
