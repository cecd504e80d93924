import type { BusinessHoursCreateInput } from '#contract/business-hours.ts';
import type { RoutingPatch } from '#contract/numbers/routing.ts';

const weekdays = [1, 2, 3, 4, 5];

/** The offices of the sample, by the beginning of the numbers that go by their hours. */
export const sampleHours: readonly { prefix: string; hours: BusinessHoursCreateInput }[] = [
  {
    prefix: '+880',
    hours: {
      name: 'Dhaka office',
      time_zone: 'Asia/Dhaka',
      weekly: [
        { days: [1, 2, 3, 4, 7], start: '09:00', end: '18:00' },
        { days: [6], start: '10:00', end: '14:00' },
      ],
      exceptions: [
        {
          name: 'Language Day',
          start_date: '2026-02-21',
          end_date: '2026-02-21',
          every_year: true,
          intervals: [],
        },
        {
          name: 'Independence Day',
          start_date: '2026-03-26',
          end_date: '2026-03-26',
          every_year: true,
          intervals: [],
        },
        {
          name: 'Pohela Boishakh',
          start_date: '2026-04-14',
          end_date: '2026-04-14',
          every_year: true,
          intervals: [{ start: '14:00', end: '18:00' }],
        },
        {
          name: 'Victory Day',
          start_date: '2026-12-16',
          end_date: '2026-12-16',
          every_year: true,
          intervals: [],
        },
      ],
    },
  },
  {
    prefix: '+44',
    hours: {
      name: 'London office',
      time_zone: 'Europe/London',
      weekly: [{ days: weekdays, start: '09:00', end: '17:30' }],
      exceptions: [
        {
          name: 'Christmas',
          start_date: '2026-12-24',
          end_date: '2026-12-26',
          every_year: true,
          intervals: [],
        },
        {
          name: 'New Year',
          start_date: '2026-12-31',
          end_date: '2027-01-01',
          every_year: true,
          intervals: [{ start: '10:00', end: '12:00' }],
        },
      ],
    },
  },
  {
    prefix: '+1',
    hours: {
      name: 'Denver night shift',
      time_zone: 'America/Denver',
      weekly: [
        { days: weekdays, start: '18:00', end: '06:00' },
        { days: weekdays, start: '08:00', end: '17:00' },
      ],
      exceptions: [
        {
          name: 'Independence Day',
          start_date: '2026-07-04',
          end_date: '2026-07-04',
          every_year: true,
          intervals: [],
        },
      ],
    },
  },
];

const when = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
} as const;
const rule = { enabled: true };

/** Rules as an office would have them; `agentId` gives the id of an agent by its name. */
export const sampleRouting = (hoursId: string, agentId: (name: string) => string): RoutingPatch => ({
  business_hours_id: hoursId,
  rules: [
    {
      ...rule,
      name: 'Holidays',
      when: { ...when, hours: 'exception' },
      destination: { type: 'agent', agent_id: agentId('Night desk') },
    },
    {
      ...rule,
      name: 'Bangla at night',
      when: { ...when, hours: 'closed', caller_countries: ['BD'] },
      destination: { type: 'agent', agent_id: agentId('Farid · Collections BN') },
    },
    {
      ...rule,
      name: null,
      when: { ...when, hours: 'closed' },
      destination: { type: 'voicemail', greeting: 'We are closed. Leave your number and we call you back.' },
    },
    {
      ...rule,
      name: 'Withheld numbers',
      enabled: false,
      when: { ...when, anonymous: true },
      destination: { type: 'message', text: 'Call again with your number shown.' },
    },
  ],
  fallback: {
    type: 'split',
    agents: [
      { agent_id: agentId('Grace · Front desk'), weight: 3 },
      { agent_id: agentId('Overflow'), weight: 1 },
    ],
  },
});
