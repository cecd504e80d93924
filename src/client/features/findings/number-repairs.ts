import type { EstateFinding } from '#contract/numbers/route.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import { ruleName } from '#routing/words/words.ts';

/* What mends a number, as a patch, and what takes that back. A patch of routing leaves its other parts alone. */

export interface NumberRepair {
  body: Record<string, unknown>;
  back: Record<string, unknown>;
}

/** The number as it is now, put right; null where it is not any more as the finding says. */
export type MendNumber = (record: PhoneNumber) => NumberRepair | null;

/** The value at the end of a path, set anew in a copy; null where something else stands there than `expected`. */
const replaced = <T>(whole: T, path: readonly string[], expected: string, value: string): T | null => {
  const copy = structuredClone(whole);
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | null | undefined)?.[name], copy);
  if (typeof holder !== 'object' || holder === null) return null;
  const held = holder as Record<string, unknown>;
  if (held[last] !== expected) return null;
  held[last] = value;
  return copy;
};

const patchOf = (pointer: string, { routing }: PhoneNumber): Record<string, unknown> =>
  partsOfPointer(pointer)[1] === 'rules'
    ? { routing: { rules: routing?.rules ?? [] } }
    : { routing: { fallback: routing?.fallback ?? null } };

/** Another agent in the place of the one that is wrong; nobody at all where none is chosen yet. */
export const giveAgent =
  ({ pointer, agent_id: wrong }: EstateFinding, agentId: string): MendNumber =>
  (record) => {
    const [field = ''] = partsOfPointer(pointer);
    if (field === 'inbound_agent_id' || field === 'outbound_agent_id')
      return record[field] === wrong ? { body: { [field]: agentId }, back: { [field]: wrong } } : null;
    const mended = replaced(record, partsOfPointer(pointer), wrong ?? '', agentId);
    return mended && { body: patchOf(pointer, mended), back: patchOf(pointer, record) };
  };

/** At which rule the finding points, if at one. */
export const ruleOf = (pointer: string): number | null => {
  const [, part, at] = partsOfPointer(pointer);
  return part === 'rules' ? Number(at) : null;
};

/** `message` names the rule where it is about the rule itself: one that was moved since is another. */
const isNamedBy = ({ code, message }: EstateFinding, name: string) =>
  code !== 'unreachable_rule' || message.startsWith(name);

export const switchOff =
  (finding: EstateFinding): MendNumber =>
  (record) => {
    const at = ruleOf(finding.pointer) ?? -1;
    const rules = record.routing?.rules ?? [];
    const rule = rules[at];
    if (!rule?.enabled || !isNamedBy(finding, ruleName(rule, at))) return null;
    return {
      body: { routing: { rules: rules.with(at, { ...rule, enabled: false }) } },
      back: { routing: { rules } },
    };
  };

export const giveHours =
  (businessHoursId: string | null): MendNumber =>
  ({ routing }) => ({
    body: { routing: { business_hours_id: businessHoursId } },
    back: { routing: { business_hours_id: routing?.business_hours_id ?? null } },
  });
