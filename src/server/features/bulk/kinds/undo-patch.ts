import { isDeepStrictEqual } from 'node:util';
import type { AuditChange } from '#contract/audit-events.ts';
import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { lookOf } from '#contract/reading/text.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Patch } from '#server/features/bulk/rows/stored-change.ts';
import { changeLabels } from './patch-of.ts';

/** What takes a change back, and the fields that stay, for they are not as the change left them. */
export interface Undoing {
  patch: Patch;
  left: string[];
}

type Values = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const partsOf = (value: unknown): Values => (isObject(value) ? value : {});
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** The parts of an object that still are as the change left them, as they were before it. */
const undoParts = (
  { before, after }: { before: unknown; after: unknown },
  now: unknown,
  names: Iterable<string>,
  nothing: Values = {},
): { patch: Record<string, unknown> | undefined; isLeft: boolean } => {
  const [was, made, is] = [partsOf(before), partsOf(after), partsOf(now)];
  const own = (values: Values, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  const at = (values: Values, name: string) => own(values, name) ?? own(nothing, name) ?? null;
  const patch: Record<string, unknown> = {};
  let isLeft = false;
  for (const name of names) {
    if (isDeepStrictEqual(at(was, name), at(made, name))) continue;
    if (isDeepStrictEqual(at(is, name), at(made, name))) patch[name] = at(was, name);
    else if (!isDeepStrictEqual(at(is, name), at(was, name))) isLeft = true;
  }
  return { patch: Object.keys(patch).length === 0 ? undefined : patch, isLeft };
};

const routingParts = ['business_hours_id', 'rules', 'fallback'];

const looksOf = (labels: readonly string[]) => new Set(labels.map(lookOf));

/** The labels without what a change added and with what it removed; left, where that is nothing by now. */
const undoLabels = (
  labels: readonly string[],
  before: readonly string[],
  after: readonly string[],
): { patch: string[] | undefined; isLeft: boolean } => {
  const [is, was, made] = [looksOf(labels), looksOf(before), looksOf(after)];
  const patch = changeLabels(labels, {
    add: before.filter((label) => !made.has(lookOf(label))),
    remove: after.filter((label) => !was.has(lookOf(label))),
  });
  if (!isDeepStrictEqual(looksOf(patch), is)) return { patch, isLeft: false };
  return { patch: undefined, isLeft: !isDeepStrictEqual(is, was) };
};

/** Takes a change back, field by field: what somebody changed since stays. */
export const undoingOf = (row: PhoneNumberRow, changes: Readonly<Record<string, AuditChange>>): Undoing => {
  const now: Values = { ...row, ...row.settings };
  const patch: Record<string, unknown> = {};
  const left: string[] = [];
  const takeParts = (name: string, { patch: parts, isLeft }: { patch: unknown; isLeft: boolean }) => {
    if (parts !== undefined) patch[name] = parts;
    if (isLeft) left.push(name);
  };
  for (const [name, change] of Object.entries(changes)) {
    if (!isFieldName(name) || fieldOf(name).isFixed === true) continue;
    if ('secret' in change) left.push(name);
    else if (name === 'labels')
      takeParts(name, undoLabels(row.labels, textsOf(change.before), textsOf(change.after)));
    else if (name === 'metadata') {
      const keys = new Set([...Object.keys(partsOf(change.before)), ...Object.keys(partsOf(change.after))]);
      takeParts(name, undoParts(change, row.metadata, keys));
    } else if (name === 'routing')
      takeParts(name, undoParts(change, row.routing, routingParts, { rules: [] }));
    else if (name === 'call_handling')
      takeParts(name, undoParts(change, row.call_handling, callHandlingNames));
    else if (isDeepStrictEqual(now[name] ?? null, change.after)) patch[name] = change.before;
    else if (!isDeepStrictEqual(now[name] ?? null, change.before)) left.push(name);
  }
  return { patch, left };
};
