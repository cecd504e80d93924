/*
 * The columns that the list of numbers can show. Free of zod: the console draws them before any schema is there.
 */

/** What it shows to whoever has chosen nothing, in this order. */
export const defaultColumns = [
  'phone_number',
  'friendly_name',
  'provider',
  'inbound_agent_id',
  'answering_now',
  'outbound_agent_id',
  'labels',
  'updated_at',
] as const;

export const listColumns = [...defaultColumns, 'created_at', 'country', 'links'] as const;
export type ListColumn = (typeof listColumns)[number];
