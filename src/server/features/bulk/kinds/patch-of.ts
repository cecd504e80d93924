import { lookOf } from '#contract/reading/text.ts';
import type { LabelsChange } from '#contract/bulk/change.ts';
import { replaceAgentInRouting, replaceStandIn } from '#routing/replace-agent.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Patch } from '#server/features/bulk/rows/stored-change.ts';

/** The labels without some, and with others behind them: by how they look. */
export const changeLabels = (
  labels: readonly string[],
  { add = [], remove = [] }: LabelsChange,
): string[] => {
  const removed = new Set(remove.map(lookOf));
  const left = labels.filter((label) => !removed.has(lookOf(label)));
  const there = new Set(left.map(lookOf));
  return [...left, ...add.filter((label) => !there.has(lookOf(label)))];
};

const isLabelsChange = (value: unknown): value is LabelsChange =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A patch for many numbers as one for this number. */
export const patchFor = (row: PhoneNumberRow, patch: Patch): Patch =>
  isLabelsChange(patch['labels']) ? { ...patch, labels: changeLabels(row.labels, patch['labels']) } : patch;

/** What puts one agent in another's place on this number; only what names it is said. */
export const replacementFor = (row: PhoneNumberRow, from: string, to: string, now: number): Patch => {
  const standIn = replaceStandIn(row.temporary_reassignment, from, to, now);
  const routing = row.routing && replaceAgentInRouting(row.routing, from, to);
  return {
    ...(row.inbound_agent_id === from && { inbound_agent_id: to }),
    ...(row.outbound_agent_id === from && { outbound_agent_id: to }),
    ...(routing !== null &&
      JSON.stringify(routing) !== JSON.stringify(row.routing) && {
        routing: { rules: routing.rules, fallback: routing.fallback },
      }),
    ...(standIn !== row.temporary_reassignment && { temporary_reassignment: standIn }),
  };
};
