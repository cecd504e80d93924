import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';

/*
 * Numbers as a large platform has them, made from their index alone: the same index is the same number, so an
 * interrupted seeding goes on where it stopped.
 */

// Beginnings of mobile numbers, and how many digits follow.
export const ranges: readonly (readonly [prefix: string, digits: number, cities: readonly string[]])[] = [
  ['+880171', 7, ['Dhaka', 'Chattogram', 'Sylhet']],
  ['+880181', 7, ['Khulna', 'Rajshahi']],
  ['+141555', 5, ['San Francisco']],
  ['+164622', 5, ['New York']],
  ['+121322', 5, ['Los Angeles']],
  ['+131233', 5, ['Chicago']],
  ['+44740', 7, ['London', 'Leeds', 'Glasgow']],
  ['+9198', 8, ['Delhi', 'Mumbai', 'Chennai', 'Pune']],
  ['+49151', 8, ['Berlin', 'München', 'Köln']],
  ['+336', 8, ['Paris', 'Lyon', 'Orléans']],
  ['+346', 8, ['Madrid', 'Málaga']],
  ['+316', 8, ['Amsterdam', 'Utrecht']],
  ['+35385', 7, ['Dublin', 'Cork']],
  ['+66812', 6, ['Bangkok']],
  ['+92301', 7, ['Karachi', 'Lahore']],
  ['+90501', 7, ['İstanbul', 'Ankara']],
  ['+614', 8, ['Sydney', 'Perth']],
  ['+8190', 8, ['東京', 'Osaka']],
  ['+55119', 8, ['São Paulo']],
  ['+5255', 8, ['Ciudad de México']],
  ['+2782', 7, ['Cape Town', 'Durban']],
  ['+234803', 7, ['Lagos', 'Abuja']],
  ['+97150', 7, ['Dubai']],
  ['+6591', 6, ['Singapore']],
];
export const purposes = [
  'sales',
  'support',
  'front desk',
  'returns',
  'billing',
  'bookings',
  'dispatch',
  'after-hours',
  'pharmacy',
  'loan desk',
  'claims',
];
const regions = ['global', 'global', 'bd', 'bd_link3'] as const;
export const carriers = ['padma-tel', 'eu-carrier', 'acme-pstn', 'sunda-voice', 'andes-sip', 'polar-trunk'];
export const labels = ['production', 'pilot', 'vip', 'bd', 'overflow', 'Legacy', 'tested', 'billing'];

/** A number that looks random and is the same every time: 0 to `below` - 1. */
const scatter = (index: number, salt: number, below: number): number => {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
};

const pick = <T>(from: readonly T[], index: number, salt: number): T =>
  from[scatter(index, salt, from.length)] as T;
const hex = (index: number, salt: number, length: number): string =>
  Array.from({ length: length / 8 }, (_, part) =>
    scatter(index, salt + part, 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

const digitsOf = (index: number, count: number): string => {
  const size = 10 ** count;
  // 7,368,787 has no factor in common with ten: every index within the range is another number.
  return String((index * 7_368_787 + 31_337) % size).padStart(count, '0');
};

/** Few agents have many numbers, and many have few. */
const agentFor = (
  agentIds: readonly string[],
  index: number,
  salt: number,
  unassignedOf10: number,
): string | null => {
  if (scatter(index, salt, 10) < unassignedOf10) return null;
  const share = scatter(index, salt + 1, 10_000) / 10_000;
  return agentIds[Math.floor(share ** 3 * agentIds.length)] ?? null;
};

const providerFields = (index: number) => {
  const kind = scatter(index, 7, 100);
  if (kind < 40) {
    const trunk = scatter(index, 8, 60);
    const carrier = pick(carriers, trunk, 9);
    return {
      provider: 'sip' as const,
      sip_termination_uri: `trunk${trunk}.${carrier}.example:5060`,
      sip_trunk_username: `${carrier}.${1000 + trunk}`,
      sip_trunk_password: hex(trunk, 10, 16),
      sip_infra_region: pick(regions, trunk, 11),
    };
  }
  if (kind >= 74) return { provider: 'pia' as const };
  const account = scatter(index, 12, 30);
  return {
    provider: 'twilio' as const,
    twilio_account_sid: `AC${hex(account, 13, 32)}`,
    twilio_auth_token: hex(account, 17, 32),
  };
};

// As the API stores them.
const inOrder = (one: string, other: string) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1);

const YEAR_MS = 365 * 24 * 3_600_000;

/** The number with this index. `now` is when the youngest was added. */
export const seedNumber = (index: number, agentIds: readonly string[], now: number): PhoneNumberAddition => {
  const range = ranges[index % ranges.length] as (typeof ranges)[number];
  const [prefix, digits, cities] = range;
  const ordinal = Math.floor(index / ranges.length);
  const name = `${pick(cities, index, 1)} ${pick(purposes, index, 2)}${scatter(index, 3, 3) === 0 ? '' : ` ${1 + scatter(index, 4, 999)}`}`;
  return {
    at: new Date(now - 60_000 - Math.floor((2 * YEAR_MS * scatter(index, 5, 1_000_000)) / 1_000_000)),
    body: {
      phone_number: `${prefix}${digitsOf(ordinal, digits)}`,
      ...providerFields(index),
      friendly_name: scatter(index, 6, 16) === 0 ? null : name,
      inbound_agent_id: agentFor(agentIds, index, 20, 1),
      outbound_agent_id: agentFor(agentIds, index, 22, 4),
      labels:
        scatter(index, 24, 3) === 0
          ? []
          : [...new Set([pick(labels, index, 25), pick(labels, index, 26)])].toSorted(inOrder),
    },
  };
};
