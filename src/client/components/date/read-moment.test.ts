import { describe, expect, test } from 'vitest';
import { readDate } from './read-date.ts';
import { instantsOf, readMoment } from './read-moment.ts';
import { instantIn, momentText, yourTime } from './moment-words.ts';

const NEW_YORK = 'America/New_York';
const DHAKA = 'Asia/Dhaka';
const today = '2026-11-26';
// Thursday noon in New York.
const now = Date.parse('2026-11-26T17:00:00Z');

describe('a day that is typed', () => {
  test.each([
    ['28 Nov 2026', '2026-11-28'],
    ['28 nov', '2026-11-28'],
    ['28th November, 2026', '2026-11-28'],
    ['Nov 28, 2026', '2026-11-28'],
    ['november 28', '2026-11-28'],
    ['Sat 28 Nov 2026', '2026-11-28'],
    ['28.11.2026', '2026-11-28'],
    ['28.11.26', '2026-11-28'],
    ['28.11.', '2026-11-28'],
    ['28/11/2026', '2026-11-28'],
    ['28-11-2026', '2026-11-28'],
    ['2026-11-28', '2026-11-28'],
    ['２８ Nov ２０２６', '2026-11-28'],
    ['\u200E28/\u200E11/\u200E2026', '2026-11-28'],
    ['1 Sept 2027', '2027-09-01'],
    ['29 feb 2028', '2028-02-29'],
    ['today', '2026-11-26'],
    ['tomorrow', '2026-11-27'],
    ['yesterday', '2026-11-25'],
    ['thu', '2026-11-26'],
    ['wed', '2026-12-02'],
    ['5 jan', '2027-01-05'],
    ['20 june', '2026-06-20'],
  ])('%s is %s', (typed, date) => expect(readDate(typed, today)).toEqual({ date }));

  test.each([
    ['sometime', '“sometime” is no date. Write it as 28 Nov 2026.'],
    ['\u202Etxen\u202C', '“txen” is no date. Write it as 28 Nov 2026.'],
    ['28 foo 2026', '“28 foo 2026” is no date. Write it as 28 Nov 2026.'],
    ['Room 3', '“Room 3” is no date. Write it as 28 Nov 2026.'],
    ['28', '“28” is no date. Write it as 28 Nov 2026.'],
    ['11/28/2026', 'There is no month 28. Write the day first, as in 28 Nov 2026.'],
    ['29 feb 2027', 'Feb 2027 has 28 days.'],
    ['31.11.2026', 'Nov 2026 has 30 days.'],
    ['0 nov 2026', 'Nov 2026 has 30 days.'],
    ['1 jan 1969', 'Write a year from 1970 to 2199.'],
    ['x'.repeat(64), `“${'x'.repeat(40)}…” is no date. Write it as 28 Nov 2026.`],
  ])('%s is refused', (typed, problem) => expect(readDate(typed, today)).toEqual({ problem }));
});

describe('a moment that is typed', () => {
  const at = (typed: string, zone = NEW_YORK) => {
    const reading = readMoment(typed, zone, now);
    return 'at' in reading ? new Date(reading.at).toISOString() : reading.problem;
  };

  test.each([
    '28 Nov 2026, 22:00',
    '28 nov 22:00',
    '28.11.2026 22:00',
    '28.11. 22.00',
    '28/11 10 pm',
    'Nov 28, 2026 at 10pm',
    '2026-11-28T22:00',
    '2026-11-28 22:00:00',
    'sat 22:00',
    '2026-11-29T03:00:00Z',
    '2026-11-29T09:00:00+06:00',
    '28 nov 2026, 22h00',
  ])('%s is ten in the evening in New York', (typed) => expect(at(typed)).toBe('2026-11-29T03:00:00.000Z'));

  test('is by the clock that it is asked of', () => {
    expect(at('28 nov 22:00', DHAKA)).toBe('2026-11-28T16:00:00.000Z');
    expect(at('tomorrow 9:00')).toBe('2026-11-27T14:00:00.000Z');
    // In Dhaka it is 23:00 of the same day.
    expect(at('tomorrow 9:00', DHAKA)).toBe('2026-11-27T03:00:00.000Z');
    expect(at('18:30')).toBe('2026-11-26T23:30:00.000Z');
    expect(at('28 nov 24:00')).toBe('2026-11-29T05:00:00.000Z');
    expect(at('now')).toBe('2026-11-26T17:00:00.000Z');
  });

  test.each([
    ['28 nov', 'Write the time too, as in 28 Nov 2026, 22:00.'],
    ['28.11', 'Write the time too, as in 28 Nov 2026, 22:00.'],
    ['soon', '“soon” is no moment. Write it as 28 Nov 2026, 22:00.'],
    ['28 nov 25:00', 'There is no time 25:00. Write it as in 28 Nov 2026, 22:00.'],
    ['31.11. 22:00', 'Nov 2026 has 30 days.'],
    ['11/28/2026 22:00', 'There is no month 28. Write the day first, as in 28 Nov 2026.'],
  ])('%s is refused', (typed, problem) => expect(at(typed)).toBe(problem));

  test('that the clock passes over is the moment of its jump', () =>
    expect(readMoment('14 mar 2027 2:30', NEW_YORK, now)).toEqual({
      at: Date.parse('2027-03-14T07:00:00Z'),
      isSkipped: true,
    }));

  test('that the clock shows twice is the first of the two', () => {
    expect(at('1 nov 2026 1:30')).toBe('2026-11-01T05:30:00.000Z');
    expect(instantsOf(NEW_YORK, Date.parse('2026-11-01T01:30Z'))).toEqual([
      Date.parse('2026-11-01T05:30Z'),
      Date.parse('2026-11-01T06:30Z'),
    ]);
    expect(instantsOf(NEW_YORK, Date.parse('2027-03-14T02:30Z'))).toEqual([]);
    expect(instantsOf(DHAKA, Date.parse('2027-03-14T02:30Z'))).toHaveLength(1);
  });
});

describe('a moment that is shown', () => {
  const moment = Date.parse('2026-11-29T03:00:00Z');

  test('is read again as itself', () => {
    expect(momentText(NEW_YORK, moment)).toBe('28 Nov 2026, 22:00');
    for (const zone of [NEW_YORK, DHAKA, 'Asia/Kathmandu', 'Pacific/Apia'])
      expect(readMoment(momentText(zone, moment), zone, now)).toEqual({ at: moment, isSkipped: false });
  });

  test('has what the reader’s clock shows beside it, where that is another time', () => {
    expect(yourTime(NEW_YORK, DHAKA, moment)).toBe('= Sun 29 Nov, 09:00 your time');
    expect(yourTime(NEW_YORK, 'America/Chicago', moment)).toBe('= 21:00 your time');
    expect(yourTime(NEW_YORK, 'America/Detroit', moment)).toBeNull();
  });

  test('is none where it is only text', () => {
    expect(instantIn('2026-11-29T03:00:00.000Z')).toBe(moment);
    for (const typed of ['', '28 nov', 'Room 3', '2026-11-29', '2026-13-29T03:00:00Z'])
      expect(instantIn(typed)).toBeNull();
  });
});
