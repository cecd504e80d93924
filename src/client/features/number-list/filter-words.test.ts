import { expect, test } from 'vitest';
import { chipName, filterWords } from '#client/features/number-list/filters/filter-words.ts';
import { sortWords } from '#client/lib/words/list-words.ts';
import { sinceOptions } from '#client/features/number-list/filters/since-options.ts';

test('two values are named, more are counted', () => {
  expect(filterWords('provider', ['sip', 'pia'], undefined)).toBe('SIP trunk, Platform');
  expect(filterWords('agent_id', ['none'], new Map())).toBe('Unassigned');
  expect(filterWords('inbound_agent_id', ['none', 'a', 'b'], new Map())).toBe('3 agents');
  expect(filterWords('country', ['BD', 'none'], undefined)).toBe('Bangladesh, No one country');
  expect(filterWords('country', ['BD', 'GB', 'US'], undefined)).toBe('3 countries');
  expect(filterWords('label_none', ['a', 'b', 'c', 'd'], undefined)).toBe('4 labels');
  expect(filterWords('answering_now', ['none', 'voicemail'], undefined)).toBe('Nobody, Voicemail');
  expect(filterWords('has_credential', ['false'], undefined)).toBe('Not set');
});

test('a chip is called by what its values say with it', () => {
  expect(chipName('label_any', ['vip'])).toBe('Labelled');
  expect(chipName('label_any', ['vip', 'pilot'])).toBe('Labelled any of');
  expect(chipName('inbound_agent_id', ['a'])).toBe('Inbound');
});

test('no order is shown by its name in the API', () => {
  expect(sortWords('-friendly_name')).toBe('Name ↓');
  expect(sortWords('country')).toBe('Country ↑');
});

test('since when is offered as instants, and what is chosen is among them', () => {
  const now = new Date(2026, 10, 26, 15, 30);
  const chosen = new Date(2026, 0, 1).toISOString();
  const options = sinceOptions([chosen], (instant) => instant, now);
  expect(options[0]).toEqual({ value: chosen, label: chosen });
  expect(options.find(({ label }) => label === 'Yesterday')?.value).toBe(
    new Date(2026, 10, 25).toISOString(),
  );
  const [, offered] = options;
  expect(sinceOptions([String(offered?.value)], (instant) => instant, now)).toHaveLength(5);
});
