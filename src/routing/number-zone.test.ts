import { expect, test } from 'vitest';
import { engineZone } from '#contract/reading/engine-zone.ts';
import { timeZones } from '#contract/reading/time-zones.ts';
import { zonesOfCountry } from './lint/country-zones.ts';
import { zoneOfCountry, zoneOfNumber } from './number-zone.ts';
import { oneClockZones } from './one-clock-countries.ts';
import { hoursIn } from './testing/numbers.ts';

const office = hoursIn('America/New_York', []);

test.each([
  ['its hours’', office, 'BD', 'America/New_York'],
  ['its country’s, which has one', null, 'BD', 'Asia/Dhaka'],
  ['its country’s, where all zones show one time', null, 'DE', 'Europe/Berlin'],
  ['the asker’s, for the country has several', null, 'US', 'Asia/Tokyo'],
  ['the asker’s, for it has no country', null, null, 'Asia/Tokyo'],
  ['the asker’s, for there is no such country', null, 'QQ', 'Asia/Tokyo'],
])('a number’s zone is %s', (_, hours, country, zone) =>
  expect(zoneOfNumber(hours, country, 'Asia/Tokyo')).toBe(zone),
);

const sampled = [2026, 2027].flatMap((year) => Array.from({ length: 12 }, (_, at) => Date.UTC(year, at, 15)));
const clockOf = (zone: string) => {
  const form = new Intl.DateTimeFormat('en', { timeZone: engineZone(zone), timeZoneName: 'longOffset' });
  return sampled.map((at) => form.format(at)).join();
};

test('every zone of the table is one of today, and shows what all clocks of its country do', () => {
  const names = new Set(timeZones.map(({ name }) => name));
  for (const [country, zone] of oneClockZones()) {
    expect(country).toMatch(/^[A-Z]{2}$/);
    expect(names).toContain(zone);
    for (const other of zonesOfCountry(country))
      expect([country, other, clockOf(other)]).toEqual([country, other, clockOf(zone)]);
  }
});

test('countries with several clocks are not in it', () => {
  for (const country of ['US', 'CA', 'AU', 'BR', 'RU', 'MX', 'ID', 'ES', 'PT', 'NZ'])
    expect(zoneOfCountry(country)).toBeUndefined();
});
