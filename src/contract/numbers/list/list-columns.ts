/*
 * The columns that the list of numbers can show, in their usual order. Free of zod: the console draws them before
 * any schema is there.
 */
export const listColumns = [
  'phone_number',
  'friendly_name',
  'provider',
  'inbound_agent_id',
  'answering_now',
  'outbound_agent_id',
  'labels',
  'updated_at',
] as const;
export type ListColumn = (typeof listColumns)[number];
