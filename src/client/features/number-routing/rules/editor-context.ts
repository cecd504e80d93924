import { createContext, use } from 'react';
import type { Agent } from '#contract/agents.ts';
import type { Finding } from '#contract/numbers/finding.ts';

/** What every part of the routing editor knows. */
export interface RoutingEditor {
  mayEdit: boolean;
  agents: ReadonlyMap<string, Agent> | undefined;
  /** What is said of a place, by its JSON pointer. */
  messages: ReadonlyMap<string, string>;
  findings: readonly Finding[];
}

const nothing: RoutingEditor = { mayEdit: false, agents: undefined, messages: new Map(), findings: [] };

export const RoutingEditorContext = createContext<RoutingEditor>(nothing);

export const useRoutingEditor = () => use(RoutingEditorContext);

/** Whether anything at a pointer, or within it, is told as wrong. */
export const hasMessageWithin = (messages: ReadonlyMap<string, string>, pointer: string) =>
  [...messages.keys()].some((each) => each === pointer || each.startsWith(`${pointer}/`));
