import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '#contract/access.ts';
import type { MeAsOperator } from '#contract/sessions.ts';
import { useChanges } from '#client/api/use-changes.ts';
import { call } from '#client/api/call.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call('GET /v1/me', { signal }),
});

/** Who is signed in. The shell draws nothing inside it before this is known. */
export const useMe = (): MeAsOperator => {
  const { data } = useQuery(meQuery);
  if (data?.kind !== 'operator') throw new Error('Nobody is signed in here.');
  return data;
};

// The contract has the same order, but as a value that would bring zod into the first view.
const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/**
 * Whether the operator has this role or a higher one. It only decides what is drawn: the server decides what
 * is done.
 */
export const useMay = (role: Role): boolean => rank[useMe().role] >= rank[role];

/**
 * Whether credentials, and which numbers share them, are this operator's to see; a reveal itself asks for a
 * fresh sign-in, too.
 */
export const useMayReveal = (): boolean => useMay('operator');

/** Another tab or an admin may end a session or change a role: the answer to "who am I" follows. */
export const useSessionChanges = () => {
  const client = useQueryClient();
  useChanges({ session: 0, operator: 0 }, () => {
    void client.invalidateQueries(meQuery);
    void client.invalidateQueries({ queryKey: ['sessions'] });
  });
};
