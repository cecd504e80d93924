import { pointerTo } from '#contract/pointer.ts';
import type { AuditChange } from '#contract/audit-events.ts';
import type { FieldError } from '#contract/errors.ts';
import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import { fieldOf, hasField, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { fieldProblem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { PhoneNumberChange } from './change.ts';
import type { NumberAtVersion } from './check-versions.ts';
import { onlyRow, type Outcome } from './outcome.ts';
import type { PhoneNumberRow, RestoredRow } from '#server/features/phone-numbers/rows/row.ts';

export interface VersionRestoration extends NumberAtVersion {
  /** The version to go back to. */
  to: number;
  /** Absent: all that it had otherwise. */
  fields?: readonly FieldName[] | undefined;
}

interface RestoreVersionDependencies {
  auditEvents: Pick<AuditEventsService, 'findChangesAfter' | 'findActionOf'>;
  changePhoneNumbers: (
    tx: Transaction,
    context: RequestContext,
    changes: readonly PhoneNumberChange[],
  ) => Promise<Outcome[]>;
}

const notRestorable = (message: string) =>
  fieldProblem([{ pointer: pointerTo('version'), code: 'version_not_restorable', message }]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a merge patch says so that the field becomes what it was: keys that were not there are cleared. */
const asPatch = (name: FieldName, was: unknown, { metadata }: PhoneNumberRow): unknown => {
  if (!isObject(was)) return was;
  if (name === 'metadata')
    return { ...Object.fromEntries(Object.keys(metadata).map((key) => [key, null])), ...was };
  if (name === 'call_handling')
    return Object.fromEntries(callHandlingNames.map((part) => [part, was[part] ?? null]));
  return was;
};

/** Why a field is never restored, whatever it was. */
const refuse = (name: FieldName, { provider }: PhoneNumberRow): FieldError | undefined => {
  const pointer = pointerTo(name);
  if (!hasField(provider, name))
    return {
      pointer,
      code: 'field_of_other_provider',
      message: `A number of the provider ${provider} has no ${name}.`,
    };
  if (fieldOf(name).kind === 'credential')
    return {
      pointer,
      code: 'credential_not_restored',
      message: 'Earlier credentials are not kept: this one stays as it is.',
    };
  return fieldOf(name).isFixed === true
    ? { pointer, code: 'read_only', message: 'This never changes, so there is nothing to restore.' }
    : undefined;
};

const fieldAt = (pointer: string) => pointer.split('/')[1] ?? '';

interface Wanted {
  patch: Record<string, unknown>;
  refused: FieldError[];
}

const readWanted = (
  row: PhoneNumberRow,
  changes: Readonly<Record<string, AuditChange>>,
  fields: readonly FieldName[] | undefined,
): Wanted => {
  const patch: Record<string, unknown> = {};
  const refused: FieldError[] = [];
  // What never changes differs by a deletion alone.
  const all = Object.keys(changes)
    .filter(isFieldName)
    .filter((name) => fieldOf(name).isFixed !== true);
  for (const name of new Set(fields ?? all)) {
    const error = refuse(name, row);
    const change = changes[name];
    if (error !== undefined) refused.push(error);
    else if (change !== undefined && !('secret' in change)) patch[name] = asPatch(name, change.before, row);
  }
  return { patch, refused };
};

/**
 * Goes back to an earlier state by changing the number, as a patch would: what today's rules refuse of it, as
 * an agent that is retired, stays as it is and is said; where nothing is left to restore, it is refused.
 */
export const createRestoreVersion = ({ auditEvents, changePhoneNumbers }: RestoreVersionDependencies) => {
  /** Changes what can be; each round leaves out what the last one was refused for. */
  const change = async (
    tx: Transaction,
    context: RequestContext,
    asked: PhoneNumberChange & { patch: Readonly<Record<string, unknown>> },
    refused: FieldError[],
  ): Promise<PhoneNumberRow> => {
    const [outcome] = await changePhoneNumbers(tx, context, [asked]);
    if (outcome === undefined) throw new Error('A set of one has one outcome');
    if (outcome.problem === null) return outcome.row;
    const { errors = [] } = outcome.problem.extra;
    const wrong = new Set(errors.map(({ pointer }) => fieldAt(pointer)));
    const rest = Object.entries(asked.patch).filter(([name]) => !wrong.has(name));
    if (wrong.size === 0 || rest.length === Object.keys(asked.patch).length) throw outcome.problem;
    refused.push(...errors);
    if (rest.length === 0) throw fieldProblem(refused);
    return change(tx, context, { ...asked, patch: Object.fromEntries(rest) }, refused);
  };

  return async (
    tx: Transaction,
    context: RequestContext,
    { id, version, to, fields }: VersionRestoration,
  ): Promise<RestoredRow> => {
    // Locks it, and compares the version held, before anything is looked up by it.
    const row = onlyRow(await changePhoneNumbers(tx, context, [{ id, version, patch: {} }]));
    const action = await auditEvents.findActionOf(tx, 'phone_number', { id, version: to });
    if (action === undefined || to > row.version)
      throw notRestorable(`The number has no version ${to}. Choose one from its history.`);
    if (action === 'phone_number.deleted')
      throw notRestorable(`By version ${to} the number was deleted. Choose the version before.`);
    const changes = await auditEvents.findChangesAfter(tx, 'phone_number', { id, version: to });
    const { patch, refused } = readWanted(row, changes, fields);
    if (Object.keys(patch).length === 0) {
      if (refused.length > 0) throw fieldProblem(refused);
      return row;
    }
    const isLarge = context.isLarge || 'routing' in patch || 'call_handling' in patch;
    const asked = { id, version: row.version, patch, detail: `Restored from version ${to}` };
    const restored = await change(tx, { ...context, isLarge }, asked, refused);
    return refused.length === 0 ? restored : { ...restored, not_restored: refused };
  };
};
