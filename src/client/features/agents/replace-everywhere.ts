import type { Agent } from '#contract/agents.ts';
import { changeMany } from '#client/features/bulk/questions.ts';

/** Asks who takes an agent's place, on every number that names it, and previews it. */
export const replaceEverywhere = ({ ai_agent_id, agent_name }: Agent): Promise<boolean> =>
  changeMany({
    selected: { words: `every number that names ${agent_name}` },
    ask: { kind: 'replace_agent', from: ai_agent_id },
  });
