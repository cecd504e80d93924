import type { AgentsService } from '#server/features/agents/service.ts';
import { mayReveal } from '#server/access.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import type { Actor } from '#server/request-context.ts';
import type { PhoneNumberFilter } from './conditions.ts';
import { searchTerms } from './search-terms.ts';
import type { FoundTerm } from './selection.ts';

interface TermDependencies {
  database: Queryable;
  agents: Pick<AgentsService, 'findAgentIds'>;
}

/** What is searched for, with the agents whose names it finds. */
export const createFindTerms =
  ({ database, agents }: TermDependencies) =>
  (q: string | undefined): Promise<FoundTerm[]> =>
    Promise.all(
      searchTerms(q).map(async (term) => ({
        ...term,
        agentIds: await agents.findAgentIds(database, term.agentName),
      })),
    );

/** Throws `forbidden` where the filter tells what is not the asker's to know. */
export const refuseForeignFingerprint = (actor: Actor, { fingerprint }: PhoneNumberFilter): void => {
  if (fingerprint === undefined || mayReveal(actor)) return;
  throw new Problem(
    'forbidden',
    'Leave out fingerprint: which numbers share a credential is for those who may reveal it.',
  );
};
