import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { callerFormatWords } from '#client/lib/words/caller-format.ts';

type Values = Readonly<Record<string, unknown>>;
type AgentName = (id: string) => string | undefined;

const labelOf = (field: string) => (isFieldName(field) ? fieldOf(field).label : field.replaceAll('_', ' '));
/** `Inbound agent` → `inbound agent`; `SIP …` and `SID` stay. */
export const inSentence = (field: string): string => {
  const label = labelOf(field);
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
};

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const SHOWN = 40;
/** `“vip”`; of a long text the beginning, and no half of a character at its end. */
export const quoted = (text: string): string => {
  if (text.length <= SHOWN) return `“${text}”`;
  // A character may be of many parts, as a flag or a family is; of very many, none is waited for.
  const beginning = text.slice(0, 16 * SHOWN);
  const letters = Array.from(new Intl.Segmenter().segment(beginning), (part) => part.segment);
  return letters.length <= SHOWN && beginning === text
    ? `“${text}”`
    : `“${letters.slice(0, SHOWN).join('').trimEnd()}…”`;
};

const NAMED = 3;
/** `a, b, c and 2 more` */
const listed = (names: readonly string[]) => {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
};
const labelsIn = (labels: readonly string[]) =>
  `the ${labels.length === 1 ? 'label' : 'labels'} ${listed(labels.map(quoted))}`;

/** Labels to add and to remove: `Add the labels “vip”, “weekend”`. */
export const labelsTitle = (add: readonly string[], remove: readonly string[]): string => {
  if (remove.length === 0) return `Add ${labelsIn(add)}`;
  return add.length === 0
    ? `Remove ${labelsIn(remove)}`
    : `Add ${labelsIn(add)}; remove ${listed(remove.map(quoted))}`;
};

const labelsValue = (value: unknown): string => {
  if (isRecord(value)) return labelsTitle(textsIn(value['add']), textsIn(value['remove']));
  const labels = textsIn(value);
  return labels.length === 0 ? 'Remove all labels' : `Set the labels to ${listed(labels.map(quoted))}`;
};

const metadataValue = (value: unknown): string => {
  if (!isRecord(value)) return 'Remove all metadata';
  const [[key, set] = ['', null], ...others] = Object.entries(value);
  if (others.length > 0) return `Change the metadata keys ${listed(Object.keys(value).map(quoted))}`;
  return typeof set === 'string'
    ? `Set the metadata key ${quoted(key)} to ${quoted(set)}`
    : `Remove the metadata key ${quoted(key)}`;
};

const standIn = (value: unknown, agentName: AgentName): string => {
  if (!isRecord(value)) return 'End stand-ins';
  return `Have ${agentName(String(value['agent_id'])) ?? 'a missing agent'} stand in`;
};

/** What one field is set to; undefined where the value is too long to be said, or not told. */
const fieldTitle = (field: string, sets: Values, agentName: AgentName): string | undefined => {
  if (!Object.hasOwn(sets, field)) return undefined;
  const value = sets[field];
  if (field === 'labels') return labelsValue(value);
  if (field === 'metadata') return metadataValue(value);
  if (field === 'temporary_reassignment') return standIn(value, agentName);
  const name = inSentence(field);
  if (value === null) return `Clear the ${name}`;
  if (typeof value !== 'string' || !isFieldName(field)) return undefined;
  const { kind, choices } = fieldOf(field);
  if (kind === 'credential') return `Replace the ${name}`;
  if (kind === 'agent') return `Set the ${name} to ${agentName(value) ?? 'a missing agent'}`;
  if (field === 'sip_caller_format') return `Set the ${name} to ${callerFormatWords(value)}`;
  return `Set the ${name} to ${choices?.[value] ?? quoted(value)}`;
};

/**
 * What a patch sets, as its job is called: `Set the inbound agent to Asha`; of several fields their names alone,
 * `Change inbound agent, labels and 2 more`.
 */
export const patchTitle = (fields: readonly string[], sets: Values, agentName: AgentName): string => {
  const [field = ''] = fields;
  const one = fields.length === 1 ? fieldTitle(field, sets, agentName) : undefined;
  return one ?? `Change ${listed(fields.map(inSentence))}`;
};
