import { expect, test } from 'vitest';
import { clockWords, reassignmentWords } from './reassignment-words.ts';

const zone = 'America/New_York';
const standIn = {
  agent_id: 'night',
  direction: 'inbound',
  starts_at: '2026-11-27T23:00:00.000Z',
  ends_at: '2026-11-30T13:00:00.000Z',
} as const;
const words = (now: string, value: Parameters<typeof reassignmentWords>[0] = standIn) =>
  reassignmentWords(value, Date.parse(now), zone, 'Night desk', 'Asha');

test('a stand-in is told by the number’s clock: before it begins, while it runs, when it is over', () => {
  expect(words('2026-11-27T12:00:00Z')).toBe(
    'Night desk answers from Fri 27 Nov 2026, 18:00 to Mon 30 Nov 2026, 08:00, then Asha.',
  );
  expect(words('2026-11-28T12:00:00Z')).toBe('Night desk answers until Mon 30 Nov 2026, 08:00, then Asha.');
  expect(words('2026-11-30T13:00:00Z')).toBe(
    'Night desk stood in until Mon 30 Nov 2026, 08:00. It has ended.',
  );
});

test('what was typed and is no moment is not taken for one', () =>
  expect(words('2026-11-27T12:00:00Z', { ...standIn, ends_at: 'Room 3' })).toBe(
    'Night desk answers from Fri 27 Nov 2026, 18:00 to a moment not chosen yet, then Asha.',
  ));

test('the reader’s own clock is told beside it where it shows another time, of what is still to come', () => {
  const at = (now: string, own: string) => clockWords(standIn, Date.parse(now), zone, own);
  expect(at('2026-11-27T12:00:00Z', 'Asia/Dhaka')).toBe(
    'America/New_York = Sat 28 Nov, 05:00 and 19:00 your time',
  );
  expect(at('2026-11-28T12:00:00Z', 'Asia/Dhaka')).toBe('America/New_York = 19:00 your time');
  expect(at('2026-11-28T12:00:00Z', 'America/Toronto')).toBe('America/New_York');
});
