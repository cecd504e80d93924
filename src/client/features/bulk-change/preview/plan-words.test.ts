import { describe, expect, test } from 'vitest';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { countsWords } from '#client/components/counts-bar.tsx';
import { planParts } from './plan-parts.ts';
import { groupRefusals } from './plan-refusals.tsx';
import { nothingWords, replacedInWords, runWords, wayBackWords } from './plan-words.ts';

const counts = (changed: number, unchanged: number, refused: number) => ({
  total: changed + unchanged + refused,
  changed,
  unchanged,
  refused,
});

describe('a preview says', () => {
  test('what it would do, by the verb of the act', () => {
    expect(countsWords(planParts({ kind: 'patch', counts: counts(11_512, 742, 226) }))).toBe(
      '11,512 will change, 742 already so, 226 cannot change',
    );
    expect(countsWords(planParts({ kind: 'delete', counts: counts(2, 0, 0) }))).toContain(
      '2 will be deleted',
    );
    expect(runWords({ kind: 'restore', counts: counts(1, 0, 3) })).toBe('Restore 1 number');
    expect(runWords({ kind: 'rotate', counts: counts(2, 0, 0) })).toBe('Change 2 numbers');
  });

  test('where an agent is replaced, and on how many numbers', () => {
    const none = {
      inbound_agent_id: 0,
      outbound_agent_id: 0,
      rules: 0,
      fallback: 0,
      temporary_reassignment: 0,
    };
    expect(replacedInWords({ replaced_in: { ...none, inbound_agent_id: 1200, rules: 3, fallback: 1 } })).toBe(
      'Replaced as inbound agent on 1,200 numbers, in rules on 3, as fallback on 1.',
    );
    expect(replacedInWords({ replaced_in: { ...none, temporary_reassignment: 1 } })).toBe(
      'Replaced as stand-in on 1 number.',
    );
    expect(replacedInWords({ replaced_in: none })).toBeNull();
    expect(replacedInWords({ replaced_in: null })).toBeNull();
  });

  test('why there is nothing to run', () => {
    const wordsOf = (kind: BulkPlan['kind'], ...of: Parameters<typeof counts>) =>
      nothingWords({ kind, counts: counts(...of) });
    expect(wordsOf('patch', 1, 0, 0)).toBeNull();
    expect(wordsOf('patch', 0, 0, 0)).toContain('No number matches');
    expect(wordsOf('patch', 0, 2, 0)).toContain('all are so already');
    expect(wordsOf('patch', 0, 3, 2)).toBe(
      'There is nothing to change: 3 are so already, and 2 cannot be changed; the reasons are below.',
    );
    expect(wordsOf('delete', 0, 0, 1)).toBe(
      'There is nothing to delete: this number cannot be deleted; the reason is below.',
    );
  });

  test('that credentials of before are not kept', () => {
    expect(wayBackWords({ kind: 'patch', fields: ['notes'] })).not.toContain('redential');
    expect(wayBackWords({ kind: 'patch', fields: ['notes', 'sip_trunk_password'] })).toContain(
      'Credentials cannot',
    );
    expect(wayBackWords({ kind: 'rotate', fields: [] })).toContain('cannot be undone');
  });
});

test('refusals of one code are one group, by which its numbers are asked for', () => {
  const refusal = (code: string, message: string, count: number) => ({ code, message, count });
  expect(groupRefusals([refusal('a', 'One', 3), refusal('b', 'Two', 2), refusal('a', 'Three', 1)])).toEqual([
    { code: 'a', count: 4, messages: ['One', 'Three'] },
    { code: 'b', count: 2, messages: ['Two'] },
  ]);
});
