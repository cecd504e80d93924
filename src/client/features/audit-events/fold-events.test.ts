import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '#contract/audit-events.ts';
import { commonChanges, foldEvents } from './fold-events.ts';

let ids = 0;
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  audit_event_id: String((ids += 1)),
  at: '2026-11-26T10:00:00Z',
  action: 'phone_number.updated',
  actor: { kind: 'operator', id: 'o1', name: 'Rina Akter' },
  subject: {
    kind: 'phone_number',
    id: `n${ids}`,
    name: '+14155552671',
    phone_number_international: '+1 415 555 2671',
    friendly_name: null,
  },
  version: 2,
  changes: { inbound_agent_id: { before: 'a1', after: 'a2' } },
  detail: null,
  address: null,
  request_id: null,
  bulk_job_id: null,
  ...more,
});
const lengths = (events: readonly AuditEvent[]) => foldEvents(events).map(({ length }) => length);

describe('runs of like events', () => {
  test('are folded from three on, and never across another act, person or set of fields', () => {
    expect(lengths([event(), event()])).toEqual([1, 1]);
    expect(lengths([event(), event(), event(), event({ action: 'phone_number.deleted' }), event()])).toEqual([
      3, 1, 1,
    ]);
    const other = { kind: 'api_key' as const, id: 'k1', name: 'Import' };
    expect(lengths([event(), event(), event({ actor: other }), event()])).toEqual([1, 1, 1, 1]);
    const notes = { notes: { before: null, after: 'x' } };
    expect(lengths([event(), event(), event({ changes: notes }), event()])).toEqual([1, 1, 1, 1]);
  });

  test('of one job are one line, whatever else happened meanwhile', () => {
    const ofJob = (bulk_job_id: string) => event({ bulk_job_id });
    const [first, second, between, third, other, alone] = [
      ofJob('j1'),
      ofJob('j1'),
      event(),
      ofJob('j1'),
      ofJob('j2'),
      event(),
    ] as const;
    expect(foldEvents([first, second, between, third, other, alone])).toEqual([
      [first, second, third],
      [between],
      [other],
      [alone],
    ]);
    const notes = { notes: { before: null, after: 'x' } };
    expect(lengths([ofJob('j1'), event({ bulk_job_id: 'j1', changes: notes })])).toEqual([2]);
  });

  test('keep their order and lose nothing', () => {
    const all = [
      event(),
      event(),
      event(),
      event({ action: 'agent.added' }),
      event(),
      event(),
      event(),
      event(),
    ];
    expect(foldEvents(all).flat()).toEqual(all);
  });

  test('show what all of them changed alike, and no secret', () => {
    const changes = (after: string) => ({
      inbound_agent_id: { before: after, after: 'a2' },
      notes: { before: null, after },
      sip_trunk_password: { secret: true as const, before_fingerprint: null, after_fingerprint: 'ab' },
    });
    expect(commonChanges([event({ changes: changes('one') }), event({ changes: changes('two') })])).toEqual({
      inbound_agent_id: { before: 'one', after: 'a2' },
    });
  });
});
