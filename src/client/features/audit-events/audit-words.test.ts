import { describe, expect, test } from 'vitest';
import { changeLines, fieldName, valueWords } from './audit-words.ts';

const agentName = (id: string) => ({ a1: 'Asha', a2: 'Farid' })[id];

describe('a changed field in words', () => {
  test('agents are named, and the lack of one is said', () => {
    expect(changeLines({ inbound_agent_id: { before: 'a1', after: 'a2' }, outbound_agent_id: { before: null, after: 'a1' } }, agentName)).toEqual([
      { id: 'inbound_agent_id', name: 'Inbound agent', isSecret: false, before: 'Asha', after: 'Farid' },
      { id: 'outbound_agent_id', name: 'Outbound agent', isSecret: false, before: 'Unassigned', after: 'Asha' },
    ]);
  });

  test('an agent that is gone keeps its id', () => expect(valueWords('inbound_agent_id', 'zz', agentName)).toBe('Missing agent zz'));

  test('a credential shows fingerprints only', () => {
    const changes = { sip_trunk_password: { secret: true as const, before_fingerprint: null, after_fingerprint: '0123abcd' } };
    expect(changeLines(changes, agentName)).toEqual([
      { id: 'sip_trunk_password', name: 'Trunk password', isSecret: true, before: null, after: '0123abcd' },
    ]);
  });

  test('metadata is told key by key', () => {
    const lines = changeLines({ metadata: { before: { team: 'a', site: 'x' }, after: { team: 'b', site: 'x', tier: '1' } } }, agentName);
    expect(lines.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['team', 'a', 'b'],
      ['tier', null, '1'],
    ]);
  });

  test('labels are listed, and an empty list is nothing', () => {
    expect(valueWords('labels', ['bd', 'vip'], agentName)).toBe('bd, vip');
    expect(valueWords('labels', [], agentName)).toBeNull();
  });

  test('fields that were empty and stay empty are left out', () => {
    expect(changeLines({ notes: { before: null, after: null }, outbound_agent_id: { before: null, after: null } }, agentName)).toEqual([]);
  });

  test('a field of tomorrow still reads as words', () => expect(fieldName('call_recording_mode')).toBe('Call recording mode'));
});
