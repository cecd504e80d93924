import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  changedBody,
  changedParts,
  draftOf,
  isChanged,
  messageAt,
  messagesByPlace,
  messagesOfNoField,
  rebased,
} from './hours-draft.ts';

const nine = { start: '09:00', end: '17:00' };
const base = {
  name: 'Dhaka office',
  time_zone: 'Asia/Dhaka',
  weekly: [
    { days: [1, 2], ...nine },
    { days: [3], ...nine },
  ],
  exceptions: [
    {
      name: 'Eid',
      start_date: '2026-03-20',
      end_date: '2026-03-22',
      every_year: false,
      intervals: [{ start: '10:00', end: '12:00' }],
    },
  ],
};

describe('what is sent', () => {
  test('is nothing where nothing was changed', () => {
    expect(changedBody(base, draftOf(base))).toEqual({});
    expect(bodyOf(draftOf(base))).toEqual(base);
  });
  test('is nothing where the same week is only grouped otherwise', () =>
    expect(isChanged(base, { ...draftOf(base), weekly: [{ days: [1, 2, 3], ...nine }] })).toBe(false));
  test('is only what was changed, lists whole', () => {
    const draft = draftOf(base);
    const [eid] = draft.exceptions;
    if (!eid) throw new Error('There is one.');
    const changed = { ...draft, name: 'Dhaka', exceptions: [{ ...eid, intervals: [] }] };
    expect(changedBody(base, changed)).toEqual({
      name: 'Dhaka',
      exceptions: [{ ...base.exceptions[0], intervals: [] }],
    });
    expect(changedParts(base, changed)).toEqual(['name', 'exceptions']);
  });
});

test('two saves that meet: mine where I changed something, theirs everywhere else', () => {
  const theirs = { ...base, name: 'Theirs', weekly: [], time_zone: 'Asia/Kolkata' };
  const merged = rebased(base, theirs, { ...draftOf(base), name: 'Mine' });
  expect(bodyOf(merged)).toEqual({ ...theirs, name: 'Mine' });
  expect(changedBody(theirs, merged)).toEqual({ name: 'Mine' });
});

describe('what is refused', () => {
  const errors = [
    { pointer: '/weekly/2/end', code: 'end_equals_start', message: 'no length' },
    { pointer: '/weekly/2', code: 'overlapping_intervals', message: 'overlaps' },
    { pointer: '/exceptions/10/intervals/1/start', code: 'x', message: 'not a time' },
    { pointer: '/nonsense', code: 'unknown_field', message: 'unknown' },
  ];
  test('is found at its place', () => {
    expect(messagesByPlace(errors, 'weekly')).toEqual(new Map([[2, 'no length']]));
    expect(messagesByPlace(errors, 'exceptions')).toEqual(new Map([[10, 'not a time']]));
    expect(messageAt(errors, '/exceptions/10/intervals/1')).toBe('not a time');
    expect(messageAt(errors, '/exceptions/1')).toBeUndefined();
  });
  test('is said elsewhere when it has no place', () =>
    expect(messagesOfNoField(errors)).toEqual(['unknown']));
});
