import type {
  ClosedConnection,
  OpenConnection,
  Opening,
} from '#server/features/connections/open-connection.ts';
import { Problem } from '#server/problem.ts';

/** Why a connection is not asked, and what to do. */
const problemOfClosed = ({ closed }: ClosedConnection): Problem => {
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

/** An account that can be asked now; a paused one only to be looked at. Throws why it cannot be. */
export const createOpenAccount =
  ({ openConnection }: Pick<Opening, 'openConnection'>) =>
  async (connectionId: string, options = { evenPaused: false }): Promise<OpenConnection> => {
    const opened = await openConnection(connectionId, undefined, options);
    if ('closed' in opened) throw problemOfClosed(opened);
    return opened;
  };
