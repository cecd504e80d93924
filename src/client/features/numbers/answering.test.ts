import { describe, expect, test } from 'vitest';
import type { Agent } from '#contract/agents.ts';
import type { AnsweringNow } from '#contract/numbers/list/phone-number-list.ts';
import { answeringFace } from './answering.ts';
import { sipNumber } from '#client/features/number-fields/testing.ts';

const agent = (id: string) =>
  [id, { ai_agent_id: id, agent_name: id.toUpperCase(), agent_status: 'active' } as Agent] as const;
const agents = new Map([agent('asha'), agent('night')]);
const listed = (type: AnsweringNow['type'], agent_ids: string[] = []): AnsweringNow => ({
  phone_number_id: 'x',
  type,
  agent_ids,
  stands_in: false,
});
const routing = { business_hours_id: null, rules: [], fallback: null };
const at = (iso: string) => Date.parse(iso);

describe('who answers now', () => {
  test('is the inbound agent of a number without routing, or nobody', () => {
    expect(answeringFace(sipNumber(), undefined, agents)).toMatchObject({ kind: 'active', name: 'ASHA' });
    expect(answeringFace(sipNumber({ inbound_agent_id: null }), undefined, agents)).toMatchObject({
      kind: 'none',
      name: 'Nobody',
    });
  });

  test('is whoever stands in, from the first instant to the last', () => {
    const span = { starts_at: '2026-11-27T18:00:00Z', ends_at: '2026-11-30T08:00:00Z' };
    const record = sipNumber({ temporary_reassignment: { agent_id: 'night', direction: 'both', ...span } });
    const nameAt = (iso: string) => answeringFace(record, undefined, agents, at(iso)).name;
    expect(nameAt('2026-11-27T17:59:59.999Z')).toBe('ASHA');
    expect(nameAt('2026-11-27T18:00:00Z')).toBe('NIGHT');
    expect(nameAt('2026-11-30T08:00:00Z')).toBe('ASHA');
    const outbound = sipNumber({
      temporary_reassignment: { agent_id: 'night', direction: 'outbound', ...span },
    });
    expect(answeringFace(outbound, undefined, agents, at('2026-11-28T00:00:00Z')).name).toBe('ASHA');
  });

  test('is what the list says of a number with routing, and unknown until it has', () => {
    const record = sipNumber({ routing });
    expect(answeringFace(record, undefined, agents).kind).toBe('loading');
    expect(answeringFace(record, listed('agent', ['night']), agents).name).toBe('NIGHT');
    expect(answeringFace(record, listed('voicemail'), agents).name).toBe('Voicemail');
    expect(answeringFace(record, listed('split', ['asha', 'night']), agents)).toMatchObject({
      name: '2 agents',
      title: 'Split over ASHA, NIGHT',
    });
    expect(answeringFace(record, listed('agent', ['gone']), agents).kind).toBe('missing');
  });
});
