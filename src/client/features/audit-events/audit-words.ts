import type { AuditAction, AuditChange, AuditSubjectKind } from '#contract/audit-events.ts';
import { providerNames } from '#contract/numbers/choices.ts';
import { fieldNames, fieldOf, fields, isFieldName } from '#contract/numbers/fields.ts';
import { callerFormatWords } from '#client/lib/words/caller-format.ts';
import { exactTime } from '#client/lib/words/format.ts';
import { exceptionChanges, weeklyWords } from './business-hours-words.ts';
import type { ChangeLine } from './change-line.ts';
import { listWords } from './list-words.ts';
import { routingLines, routingNames } from './routing-lines.ts';

/** What was done, between who did it and to what: "Rina K. *updated* +880 1711-204418". */
export const actionVerbs: Record<AuditAction, string> = {
  'phone_number.added': 'added',
  'phone_number.updated': 'updated',
  'phone_number.deleted': 'deleted',
  'phone_number.restored': 'restored',
  'phone_number.deleted_for_good': 'deleted for good',
  'phone_number.linked': 'linked',
  'phone_number.unlinked': 'unlinked',
  'phone_numbers.export_begun': 'began to export',
  'phone_numbers.exported': 'exported',
  'phone_number.purged': 'erased',
  'credential.revealed': 'revealed a credential of',
  'credential.reveal_refused': 'had revealed as many credentials as allowed, and was refused one of',
  'credential.reveal_burst': 'revealed many credentials at once as',
  'credential.set_burst': 'set many credentials at once as',
  'agent.added': 'added agent',
  'agent.updated': 'updated agent',
  'agent.retired': 'retired agent',
  'agent.reinstated': 'reinstated agent',
  'business_hours.added': 'added business hours',
  'business_hours.updated': 'updated business hours',
  'business_hours.deleted': 'deleted business hours',
  'operator.added': 'added operator',
  'operator.updated': 'updated operator',
  'operator.disabled': 'disabled operator',
  'operator.enabled': 'enabled operator',
  'operator.signed_in': 'signed in as',
  'operator.signed_out': 'signed out',
  'operator.sign_in_refused': 'was refused a sign-in as',
  'operator.password_changed': 'changed the password of',
  'operator.password_confirmed': 'gave the password again of',
  'session.ended': 'ended a session of',
  'api_key.added': 'added API key',
  'api_key.revoked': 'revoked API key',
  'api_key.taken_over': 'took over API key',
  'master_key.checked': 'checked what opens with master key',
  'master_key.rotated': 'sealed everything under master key',
  'database.backed_up': 'backed up',
  'database.restored': 'restored a backup as',
  'database.moved': 'moved everything to',
  'settings.updated': 'changed the',
  'view.added': 'added the view',
  'view.updated': 'updated the view',
  'view.deleted': 'deleted the view',
  'connection.added': 'added the connection',
  'connection.updated': 'updated the connection',
  'connection.paused': 'paused the connection',
  'connection.resumed': 'resumed the connection',
  'connection.checked': 'checked the connection',
  'connection.removed': 'removed the connection',
  'bulk_job.started': 'began a job on',
  'bulk_job.cancelled': 'cancelled a job on',
  'bulk_job.done': 'finished a job on',
  'bulk_job.failed': 'could not finish a job on',
};

/** What somebody did with what is theirs, where the act's name does not say it. */
export const ownVerbs: Partial<Record<AuditAction, string>> = {
  'operator.password_changed': 'changed their password',
  'operator.password_confirmed': 'gave their password again',
};

/** The same acts where they stand alone, as in a filter. */
export const actionNames: Record<AuditAction, string> = {
  'phone_number.added': 'Number added',
  'phone_number.updated': 'Number updated',
  'phone_number.deleted': 'Number deleted',
  'phone_number.restored': 'Number restored',
  'phone_number.deleted_for_good': 'Number deleted for good',
  'phone_number.linked': 'Number linked',
  'phone_number.unlinked': 'Number unlinked',
  'phone_numbers.export_begun': 'Export begun',
  'phone_numbers.exported': 'Numbers exported',
  'phone_number.purged': 'Deleted number erased',
  'credential.revealed': 'Credential revealed',
  'credential.reveal_refused': 'Reveals refused',
  'credential.reveal_burst': 'Revealed many credentials at once',
  'credential.set_burst': 'Set many credentials at once',
  'agent.added': 'Agent added',
  'agent.updated': 'Agent updated',
  'agent.retired': 'Agent retired',
  'agent.reinstated': 'Agent reinstated',
  'business_hours.added': 'Business hours added',
  'business_hours.updated': 'Business hours updated',
  'business_hours.deleted': 'Business hours deleted',
  'operator.added': 'Operator added',
  'operator.updated': 'Operator updated',
  'operator.disabled': 'Operator disabled',
  'operator.enabled': 'Operator enabled',
  'operator.signed_in': 'Signed in',
  'operator.signed_out': 'Signed out',
  'operator.sign_in_refused': 'Sign-in refused',
  'operator.password_changed': 'Password changed',
  'operator.password_confirmed': 'Password given again',
  'session.ended': 'Session ended',
  'api_key.added': 'API key added',
  'api_key.revoked': 'API key revoked',
  'api_key.taken_over': 'API key taken over',
  'master_key.checked': 'Master key checked',
  'master_key.rotated': 'Master key rotated',
  'database.backed_up': 'Database backed up',
  'database.restored': 'Backup restored',
  'database.moved': 'Database moved',
  'settings.updated': 'Settings changed',
  'view.added': 'View added',
  'view.updated': 'View updated',
  'view.deleted': 'View deleted',
  'connection.added': 'Connection added',
  'connection.updated': 'Connection updated',
  'connection.paused': 'Connection paused',
  'connection.resumed': 'Connection resumed',
  'connection.checked': 'Connection checked',
  'connection.removed': 'Connection removed',
  'bulk_job.started': 'Bulk job started',
  'bulk_job.cancelled': 'Bulk job cancelled',
  'bulk_job.done': 'Bulk job done',
  'bulk_job.failed': 'Bulk job failed',
};

export const subjectKindNames: Record<AuditSubjectKind, string> = {
  phone_number: 'Numbers',
  agent: 'Agents',
  business_hours: 'Business hours',
  operator: 'Operators',
  session: 'Sessions',
  api_key: 'API keys',
  master_key: 'Master key',
  database: 'Database',
  settings: 'Settings',
  view: 'Views',
  connection: 'Connections',
  export: 'Exports',
  bulk_job: 'Bulk jobs',
};

/** Of what is no field of a number. */
const otherNames = {
  agent_name: 'Name',
  agent_status: 'Status',
  language_code: 'Language',
  time_zone: 'Time zone',
  weekly: 'Week',
  exceptions: 'Exceptions',
  is_disabled: 'Disabled',
  operator_reveals_per_hour: 'Reveals by an operator, an hour',
  api_key_reveals_per_hour: 'Reveals by an API key, an hour',
  expires_at: 'Expires',
  key_id: 'Master key',
  filter: 'Filter',
  sort: 'Order',
  columns: 'Columns',
  pinned: 'In the navigation',
  shared: 'Shared',
  format: 'Format',
  numbers: 'Numbers',
  is_whole: 'Complete',
  kind: 'Kind',
  base_url: 'Address',
  api_key: 'API key',
  paused: 'Paused',
  state: 'State',
  reason: 'Reason',
  key_expires_at: 'Key expires',
};
const labelsOfFields = Object.fromEntries(fieldNames.map((name) => [name, fields[name].label]));
const names: Record<string, string> = {
  phone_number: 'Number',
  provider: 'Provider',
  ...labelsOfFields,
  ...otherNames,
};

// As the forms have them, whatever order the log stored them in; unknown fields come last.
const fieldOrder = Object.keys(names);
const placeOf = (field: string) =>
  (fieldOrder.indexOf(field) + fieldOrder.length + 1) % (fieldOrder.length + 1);
const byPlace = ([one]: [string, unknown], [other]: [string, unknown]) => placeOf(one) - placeOf(other);

/** A field the console does not know yet still reads as words. */
export const fieldName = (field: string): string => {
  const words = field.replaceAll('_', ' ');
  return names[field] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

const valueNames: Record<string, Readonly<Record<string, string>>> = {
  provider: providerNames,
  role: { viewer: 'Viewer', operator: 'Operator', admin: 'Admin' },
  agent_status: { active: 'Active', retired: 'Retired' },
  state: { unchecked: 'Not checked', ok: 'Works', refused: 'Refused', unreachable: 'Not reached' },
};

type AgentName = (id: string) => string | undefined;

const traitsOf = (field: string) => (isFieldName(field) ? fieldOf(field) : undefined);
const isAgentField = (field: string) => traitsOf(field)?.kind === 'agent';

/** A value as people say it; null where there is none. */
export const valueWords = (field: string, value: unknown, agentName: AgentName): string | null => {
  if (isAgentField(field))
    return typeof value === 'string' ? (agentName(value) ?? `Missing agent ${value}`) : 'Unassigned';
  if (value === null || value === undefined || value === '') return null;
  const ofList = listWords(field, value, agentName);
  if (ofList !== undefined) return ofList;
  if (field === 'weekly') return weeklyWords(value) ?? JSON.stringify(value);
  if (typeof value === 'string' && field.endsWith('_at')) return exactTime(value) || value;
  if (field === 'sip_caller_format' && typeof value === 'string') return callerFormatWords(value);
  if (typeof value === 'string') return (traitsOf(field)?.choices ?? valueNames[field])?.[value] ?? value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    // Labels are anybody's words, with commas or without.
    const words = field === 'labels' ? value.map((label) => `“${label}”`) : value;
    return words.length === 0 ? null : words.join(', ');
  }
  return JSON.stringify(value);
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One line a field, and in metadata one a key: whoever reads it wants the difference, not two objects. */
export const changeLines = (
  changes: Record<string, AuditChange>,
  agentName: AgentName,
  hoursName: AgentName = () => undefined,
): ChangeLine[] =>
  Object.entries(changes)
    .toSorted(byPlace)
    .flatMap(([field, change]): ChangeLine[] => {
      const name = fieldName(field);
      if ('secret' in change) {
        return [
          {
            id: field,
            name,
            isSecret: true,
            before: change.before_fingerprint,
            after: change.after_fingerprint,
          },
        ];
      }
      const { before, after } = change;
      const exceptions = field === 'exceptions' ? exceptionChanges(before, after) : null;
      if (exceptions)
        return exceptions.map((line) => ({ ...line, id: `${field}.${line.id}`, isSecret: false }));
      const routed = routingLines(field, before, after, routingNames(agentName, hoursName));
      if (routed !== undefined) return routed;
      if (field === 'metadata' && (isRecord(before) || isRecord(after))) {
        const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
        return [...new Set([...Object.keys(old), ...Object.keys(now)])]
          .filter((key) => old[key] !== now[key])
          .map((key) => ({
            id: `${field}.${key}`,
            name: key,
            isSecret: false,
            before: valueWords('', old[key], agentName),
            after: valueWords('', now[key], agentName),
          }));
      }
      const line = {
        id: field,
        name,
        isSecret: false,
        before: valueWords(field, before, agentName),
        after: valueWords(field, after, agentName),
      };
      // Nothing to nothing, as when a number is added without an agent.
      return line.before === line.after ? [] : [line];
    });
