import { columnLabel } from '#contract/numbers/table/table-columns.ts';
import { NONE } from '#contract/numbers/list/list-filters.ts';
import { filterLabels, plainValueWords, sortWords } from '#client/lib/words/list-words.ts';

/*
 * Filters, orders and columns of the list of numbers as the log holds them, of views and exports. They are read
 * as what they may be: an event may be older than this console.
 */

type AgentName = (id: string) => string | undefined;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
type FilterName = keyof typeof filterLabels;
const isFilter = (name: string): name is FilterName => Object.hasOwn(filterLabels, name);
const isAgent = (name: FilterName) => name.endsWith('agent_id') || name === 'answering_now';

const oneValue = (name: FilterName, value: string, agentName: AgentName): string => {
  if (name === 'fingerprint') return 'one of them';
  const words = plainValueWords(name, value);
  if (!isAgent(name) || words !== value) return words;
  return value === NONE ? 'Unassigned' : (agentName(value) ?? `Missing agent ${value}`);
};

/** `Provider: SIP trunk, Twilio; Labelled: vip`; null where nothing is filtered by. */
const filterWords = (filter: Record<string, unknown>, agentName: AgentName): string | null =>
  Object.entries(filter)
    .map(([name, given]) => {
      const values = [given].flat().map(String);
      if (!isFilter(name)) return `${name.replaceAll('_', ' ')}: ${values.join(', ')}`;
      return `${filterLabels[name]}: ${values.map((value) => oneValue(name, value, agentName)).join(', ')}`;
    })
    .join('; ') || null;

/** What a view or an export is about, in the words of the list; undefined of any other field. */
export const listWords = (field: string, value: unknown, agentName: AgentName): string | null | undefined => {
  if (field === 'filter' && isRecord(value)) return filterWords(value, agentName);
  if (field === 'sort' && typeof value === 'string') return sortWords(value);
  if (field === 'columns' && Array.isArray(value)) return value.map(String).map(columnLabel).join(', ');
  return undefined;
};
