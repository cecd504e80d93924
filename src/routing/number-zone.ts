import type { Hours } from '#contract/business-hours.ts';
import { oneClockZones } from './one-clock-countries.ts';

/**
 * The zone in which every moment of a phone number is written, read and told: that of its business hours,
 * else of its country, where all clocks of the country show the same, else of whoever asks. The page, the
 * decision and what warns of routing go by this one rule.
 * @param hours the business hours that the number goes by; null where it has none
 * @param country the number's, ISO 3166 alpha-2; null for a number of no one country
 * @param asking the zone of whoever asks
 */
export const zoneOfNumber = (
  hours: Pick<Hours, 'time_zone'> | null,
  country: string | null,
  asking: string,
): string => hours?.time_zone ?? zoneOfCountry(country) ?? asking;

/** The zone of a country in which all clocks show the same; undefined of any other. */
export const zoneOfCountry = (country: string | null): string | undefined =>
  country === null ? undefined : oneClockZones().get(country);
