import { describe, expect, test } from 'vitest';
import { kindOfChange } from './change.ts';
import { bulkRequestSchema } from './request.ts';

const ids = ['0123456789abcdef01234567'];
const agents = { from: 'a'.repeat(24), to: 'b'.repeat(24) };

const complaintsOf = (request: unknown) =>
  bulkRequestSchema.safeParse(request).error?.issues.map(({ path, message }) => [path.join('/'), message]) ??
  [];

describe('A request of a bulk change', () => {
  test('takes a patch, each act, and a plan to run', () => {
    for (const request of [
      { select: { ids }, change: { inbound_agent_id: null, labels: { add: ['night'] } } },
      { select: { filter: {}, except_ids: ids }, change: { delete: true } },
      { select: { filter: { deleted: 'true' } }, change: { restore: true } },
      { select: { ids }, change: { rotate: { credential: 'sip_trunk_password', value: 'x' } } },
      { change: { replace_agent: agents } },
      { plan_id: ids[0] },
    ])
      expect(complaintsOf(request)).toEqual([]);
  });

  test('reads one value of a filter as a list of one, and keeps lists', () => {
    const { select } = bulkRequestSchema.parse({
      select: { filter: { provider: 'sip', country: ['US', 'GB'] } },
      change: { delete: true },
    });
    expect(select?.filter).toEqual({ provider: ['sip'], country: ['GB', 'US'] });
  });

  test('names what is wrong with it', () => {
    const pathsOf = (request: unknown) => complaintsOf(request).map(([path]) => path);
    expect(pathsOf({})).toEqual(['']);
    expect(pathsOf({ plan_id: ids[0], change: { delete: true } })).toEqual(['']);
    expect(pathsOf({ plan_id: ids[0], select: { ids } })).toEqual(['select']);
    expect(pathsOf({ change: { notes: null } })).toEqual(['select']);
    expect(pathsOf({ select: {}, change: { notes: null } })).toEqual(['select']);
    expect(pathsOf({ select: { ids: [] }, change: { notes: null } })).toEqual(['select/ids']);
    expect(pathsOf({ select: { ids, filter: {} }, change: { notes: null } })).toEqual(['select/filter']);
    expect(pathsOf({ select: { ids }, change: {} })).toEqual(['change']);
    expect(pathsOf({ select: { ids }, change: { delete: true, notes: null } })).toEqual(['change']);
    expect(pathsOf({ select: { filter: { sort: 'country' } }, change: { notes: null } })).toEqual([
      'select/filter',
    ]);
    expect(pathsOf({ select: { filter: {} }, change: { restore: true } })).toEqual(['select/filter']);
    expect(pathsOf({ change: { replace_agent: { ...agents, to: agents.from } } })).toEqual([
      'change/replace_agent/to',
    ]);
  });

  test('counts ids before it looks at them', () => {
    const many = Array.from({ length: 5001 }, () => ids[0]);
    expect(complaintsOf({ select: { ids: many }, change: { delete: true } })).toEqual([
      ['select/ids', 'Select at most 5,000 numbers by id; use a filter for more.'],
    ]);
  });

  test('knows an act from a patch', () => {
    expect(kindOfChange({ notes: null })).toBe('patch');
    expect(kindOfChange({ delete: true })).toBe('delete');
  });
});
