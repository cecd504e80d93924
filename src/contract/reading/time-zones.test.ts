import { describe, expect, test } from 'vitest';
import { chooseName, findEngineZone } from './engine-zone.ts';
import { readTimeZone, timeZones, zoneNamed } from './time-zones.ts';

const nameOf = (typed: string) => {
  const reading = readTimeZone(typed);
  return 'value' in reading ? reading.value : reading.message;
};

describe('a time zone', () => {
  test.for<[string, string]>([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/CALCUTTA', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['europe/kyiv', 'Europe/Kyiv'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['asia/ho chi minh', 'Asia/Ho_Chi_Minh'],
    ['us/eastern', 'America/New_York'],
    ['GB', 'Europe/London'],
    ['Africa/Asmera', 'Africa/Asmara'],
    ['Iceland', 'Atlantic/Reykjavik'],
    ['Pacific/Truk', 'Pacific/Chuuk'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Argentina/ComodRivadavia', 'America/Argentina/Catamarca'],
    ['EST5EDT', 'America/New_York'],
    ['utc', 'Etc/UTC'],
    ['Zulu', 'Etc/UTC'],
    ['Etc/GMT-6', 'Etc/GMT-6'],
    [' Asia/Dhaka\u200b', 'Asia/Dhaka'],
    // Countries keep their own names, whatever the database links them to.
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
    ['Asia/Kuwait', 'Asia/Kuwait'],
    ['Europe/Bratislava', 'Europe/Bratislava'],
  ])('%s is kept as %s', ([typed, name]) => expect(nameOf(typed)).toBe(name));

  test.for<[string, string]>([
    ['Asia/Atlantis', 'No time zone is called “Asia/Atlantis”. Write its IANA name, as in Asia/Dhaka.'],
    ['Dhaka', 'No time zone is called “Dhaka”. Do you mean Asia/Dhaka?'],
    [
      '+06:00',
      '“+06:00” is an offset, and no zone: clocks may be changed. Write the zone of a city, as in Asia/Dhaka.',
    ],
    [
      'UTC+6',
      '“UTC+6” is an offset, and no zone: clocks may be changed. Write the zone of a city, as in Asia/Dhaka.',
    ],
    ['', 'No time zone is written. Write its IANA name, as in Asia/Dhaka.'],
  ])('%j is refused: %s', ([typed, message]) => expect(nameOf(typed)).toBe(message));
});

const instants = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
const clock = (timeZone: string) =>
  instants.map((at) =>
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at),
  );

test('every name that the engine has is understood, and keeps its time', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const name = zoneNamed(zone);
    expect([zone, name]).toEqual([zone, expect.any(String)]);
    expect([zone, clock(findEngineZone(name ?? '') ?? '')]).toEqual([zone, clock(zone)]);
  }
});

test('every name of the table is one zone’s, and this engine can tell the time there', () => {
  const names = timeZones.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  expect(timeZones.length).toBeGreaterThan(400);
  for (const { name } of timeZones) expect([name, findEngineZone(name)]).toEqual([name, expect.any(String)]);
});

test('a zone that an engine is too old for is asked for by an older name, which keeps its time', () => {
  const olds = ['Europe/Kyiv', 'America/Coyhaique', 'Asia/Kolkata'].map((name) =>
    chooseName(name, (each) => each !== name),
  );
  expect(olds).toEqual(['Europe/Kiev', 'America/Punta_Arenas', undefined]);
  expect(chooseName('Europe/Kyiv', () => true)).toBe('Europe/Kyiv');
  for (const { name } of timeZones) {
    const older = chooseName(name, (each) => each !== name);
    if (older !== undefined) expect([name, clock(older)]).toEqual([name, clock(name)]);
  }
});
