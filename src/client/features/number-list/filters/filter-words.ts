import { NONE } from '#contract/numbers/list/list-filters.ts';
import type { Agent } from '#contract/agents.ts';
import { queryClient } from '#client/api/query-client.ts';
import { connectionsQuery } from '#client/features/connections/queries.ts';
import { choiceNames, filterLabels, plainValueWords } from '#client/lib/words/list-words.ts';
import { plural } from '#client/lib/words/format.ts';
import { faceOf } from '#client/features/numbers/agent-faces.ts';
import type { FilterName } from '#client/features/numbers/list-url.ts';

export type Agents = ReadonlyMap<string, Agent> | undefined;

/** On its chip, where its values say the rest. */
export const chipName = (name: FilterName, values: readonly string[]): string => {
  if (name === 'label_any' && values.length === 1) return filterLabels.label_all;
  return filterLabels[name].replace('bound agent', 'bound');
};

/** What a connection is called, as far as that was read: the bar asks for it where it is filtered by. */
const connectionName = (id: string): string =>
  queryClient
    .getQueryData(connectionsQuery.queryKey)
    ?.connections.find(({ connection_id }) => connection_id === id)?.name ?? 'a connection';

export const valueWords = (name: FilterName, value: string, agents: Agents): string => {
  if (name === 'connection') return connectionName(value);
  return choiceNames[name]?.[value] === undefined && /agent_id$|^answering/.test(name)
    ? faceOf(agents, value === NONE ? null : value).name
    : plainValueWords(name, value);
};

const manyWords = (name: FilterName): [one: string, many?: string] => {
  if (name === 'country') return ['country', 'countries'];
  if (name === 'answering_now') return ['answer'];
  if (name === 'link_state') return ['state'];
  if (name.endsWith('agent_id')) return ['agent'];
  return [name.startsWith('label') ? 'label' : filterLabels[name].toLowerCase()];
};

/** `SIP trunk, Twilio`, or `3 agents`. */
export const filterWords = (name: FilterName, values: readonly string[], agents: Agents): string =>
  values.length > 2
    ? plural(values.length, ...manyWords(name))
    : values.map((value) => valueWords(name, value, agents)).join(', ');
