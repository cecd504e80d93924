import type { ClosedConnection } from '#server/features/connections/open-connection.ts';
import { Problem } from '#server/problem.ts';

/** Why a connection is not asked, and what to do. */
export const problemOfClosed = ({ closed }: ClosedConnection): Problem => {
  switch (closed) {
    case 'paused':
      return new Problem('connection_paused', 'Nothing is asked there while it is paused. Resume it first.');
    case 'refused':
      return new Problem(
        'credentials_needed',
        'The platform refused the key when it was last asked. Replace it, or check the connection again.',
      );
    case 'no_key':
      return new Problem('credentials_needed', 'No key is set for the address. Set one first.');
    case 'gone':
      return new Problem('not_found', 'No connection has this id.');
  }
};
