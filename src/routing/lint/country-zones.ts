import { offsetAt } from '#routing/zone.ts';

// The method in newer engines, the property in older ones; in some neither.
interface ZonedLocale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

const known = new Map<string, readonly string[]>();

/** The IANA zones of a country, by its two letters; empty where the engine does not say. */
export const zonesOfCountry = (country: string): readonly string[] => {
  const found = known.get(country);
  if (found) return found;
  const locale = new Intl.Locale(`und-${country}`) as ZonedLocale;
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  known.set(country, zones);
  return zones;
};

const HALF_YEAR_MS = 182 * 86_400_000;

/**
 * Whether clocks somewhere in the country go as this zone's do, now and half a year on. True where it cannot
 * be told.
 */
export const fitsCountry = (zone: string, country: string, at: number): boolean => {
  const zones = zonesOfCountry(country);
  const isAlike = (other: string) =>
    [at, at + HALF_YEAR_MS].every((instant) => offsetAt(other, instant) === offsetAt(zone, instant));
  return zones.length === 0 || zones.some(isAlike);
};
