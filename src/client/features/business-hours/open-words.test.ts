import { describe, expect, test } from 'vitest';
import { openNow } from './open-words.ts';

const hours = {
  name: 'Dhaka',
  time_zone: 'Asia/Dhaka',
  weekly: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }],
  exceptions: [
    { name: 'Eid', start_date: '2026-11-30', end_date: '2026-12-01', every_year: false, intervals: [] },
  ],
};
const dhaka = (text: string) => Date.parse(`${text}:00+06:00`);

describe('open now', () => {
  test('says until when, by the zone’s clock', () => {
    expect(openNow(hours, dhaka('2026-11-24T10:00'))).toEqual({
      isOpen: true,
      until: 'until 17:00',
      exception: null,
    });
    expect(openNow(hours, dhaka('2026-11-24T18:00'))).toEqual({
      isOpen: false,
      until: 'until Wed 09:00',
      exception: null,
    });
  });
  test('looks past a closed exception to the next opening', () =>
    expect(openNow(hours, dhaka('2026-11-27T18:00'))).toEqual({
      isOpen: false,
      until: 'until Wed 09:00',
      exception: null,
    }));
  test('names the exception', () =>
    expect(openNow(hours, dhaka('2026-11-30T10:00'))).toMatchObject({ isOpen: false, exception: 'Eid' }));
  test('what never changes has no until', () => {
    const always = {
      ...hours,
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }],
      exceptions: [],
    };
    expect(openNow(always, dhaka('2026-11-24T10:00'))).toEqual({
      isOpen: true,
      until: null,
      exception: null,
    });
    expect(openNow({ ...always, weekly: [] }, dhaka('2026-11-24T10:00'))).toEqual({
      isOpen: false,
      until: null,
      exception: null,
    });
  });
  test('an unknown zone is no reason to fail', () =>
    expect(openNow({ ...hours, time_zone: 'No/Where' }, 0)).toBeNull());
});
