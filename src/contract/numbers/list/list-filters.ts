/*
 * What the list of numbers is sorted and filtered by. Free of zod: the console reads its address by this
 * before any schema is there.
 */

/** The query value that stands for "no agent", and for "no country". */
export const NONE = 'none';

export const phoneNumberSorts = [
  'phone_number',
  'friendly_name',
  'created_at',
  'updated_at',
  'provider',
  'country',
] as const;
export type PhoneNumberSortField = (typeof phoneNumberSorts)[number];
export type PhoneNumberSort = PhoneNumberSortField | `-${PhoneNumberSortField}`;

/** What can answer besides an agent, as `answering_now` filters by it. */
export const answeringFilters = [NONE, 'forward', 'message', 'voicemail'] as const;

/** So many values a filter takes. */
export const MAX_FILTER_VALUES = 50;
