import type { Hours } from '#contract/business-hours.ts';
import type { Finding } from '#contract/numbers/finding.ts';
import { fitsCountry, zonesOfCountry } from '#routing/lint/country-zones.ts';

/** Whether one clock is right in all of the countries: that of the hours, or another. */
const shareAClock = (zone: string, countries: readonly string[], at: number): boolean => {
  const [first = '', ...others] = countries;
  const isRight = (candidate: string, among: readonly string[]) =>
    among.every((country) => fitsCountry(candidate, country, at));
  return isRight(zone, countries) || zonesOfCountry(first).some((candidate) => isRight(candidate, others));
};

const listed = (countries: readonly string[]): string =>
  countries.length > 4
    ? `${countries.slice(0, 3).join(', ')} and ${countries.length - 3} more`
    : countries.join(', ');

/**
 * Hours by which numbers go whose callers' clocks show different times: one office’s nine o’clock is
 * another’s three.
 */
export const findAcrossZones = (hours: Hours, countries: readonly string[], at: number): Finding[] =>
  countries.length < 2 || shareAClock(hours.time_zone, countries, at)
    ? []
    : [
        {
          code: 'hours_across_zones',
          severity: 'warning',
          pointer: '/time_zone',
          message: `Numbers from ${listed(countries)} go by “${hours.name}”, and clocks there show different times.`,
          fix: `Give the numbers outside ${hours.time_zone} hours of their own, unless one office answers for all.`,
        },
      ];
