import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../server.ts';

const measuringModule = fileURLToPath(new URL('./loop-turns.mjs', import.meta.url));

export interface LoopTurns {
  /** How long the longest turn of the server's event loop was while this was done, in milliseconds. */
  longestDuring(act: () => Promise<unknown>): Promise<number>;
  /** Plants a fault: the server's event loop does nothing else for so long. */
  hold(ms: number): Promise<unknown>;
  close(): void;
}

/** What a server needs in its environment to be measured, and how it is asked once it runs. */
export const prepareLoopTurns = async (): Promise<{
  env: Record<string, string>;
  open: () => Promise<LoopTurns>;
}> => {
  const path = join(await temporaryFolder('turns'), 'turns.sock');
  const open = async (): Promise<LoopTurns> => {
    const socket = connect(path);
    await once(socket, 'connect');
    const ask = async (act: string): Promise<number> => {
      const answered = once(socket, 'data');
      socket.write(`${act}\n`);
      return Number(String((await answered)[0]));
    };
    return {
      async longestDuring(act) {
        await ask('begin');
        await act();
        return ask('end');
      },
      hold: (ms) => ask(`hold ${ms}`),
      close: () => void socket.destroy(),
    };
  };
  return { env: { NODE_OPTIONS: `--import=${measuringModule}`, LOOP_TURNS_SOCKET: path }, open };
};
