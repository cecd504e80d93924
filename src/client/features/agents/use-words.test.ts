import { expect, test } from 'vitest';
import type { AgentUse, AgentUsePlace } from '#contract/agent-uses.ts';
import { placeWords, standInWords } from './use-words.ts';

const place = (pointer: string, more: Partial<AgentUsePlace> = {}): AgentUsePlace => ({
  pointer,
  rule_name: null,
  is_enabled: true,
  share: null,
  ...more,
});

test('a place of routing is said in words', () => {
  expect(placeWords(place('/routing/fallback/agent_id'))).toBe('Fallback');
  expect(placeWords(place('/routing/fallback/agents/0/agent_id', { share: 0.5 }))).toBe(
    'Fallback, 50 % of a split',
  );
  expect(placeWords(place('/routing/rules/1/destination/agent_id'))).toBe('Rule 2');
  const night = { rule_name: 'Night', is_enabled: false, share: 0.25 };
  expect(placeWords(place('/routing/rules/0/destination/agents/1/agent_id', night))).toBe(
    'Rule 1, “Night”, 25 % of a split, switched off',
  );
});

test('a stand-in says from when where that is still to come', () => {
  const [from, until] = ['2026-03-02T08:00:00Z', '2026-03-04T08:00:00Z'];
  const use = {
    temporary_reassignment: { direction: 'both', starts_at: from, ends_at: until },
  } as AgentUse;
  const words = (at: string) => standInWords(use, Date.parse(at));
  expect(words('2026-03-01T00:00:00Z')).toMatch(/^Answers and dials from .+ until .+$/);
  expect(words('2026-03-03T00:00:00Z')).toMatch(/^Answers and dials until [^f]+$/);
});
