// Loaded into the server with --import: tells how long its longest turn of the event loop was. The product knows nothing of it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const schedule = `/proc/self/task/${process.pid}/schedstat`;

// What the main thread itself ran, so that a busy machine does not count. The system brings it up to date at its
// own ticks, up to 4 ms late; a turn never ran longer than the clock went on.
const ranMs = () => {
  try {
    return Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Infinity;
  }
};
const now = () => ({ ran: ranMs(), clock: performance.now() });
const between = (one, other) =>
  other.ran === Infinity ? other.clock - one.clock : Math.min(other.ran - one.ran, other.clock - one.clock);

let isMeasuring = false;
let longestMs = 0;
let before = now();

const turn = () => {
  const at = now();
  longestMs = Math.max(longestMs, between(before, at));
  before = at;
  if (isMeasuring) setImmediate(turn);
};

const acts = {
  begin: () => {
    isMeasuring = true;
    longestMs = 0;
    before = now();
    setImmediate(turn);
    return 0;
  },
  end: () => {
    isMeasuring = false;
    return longestMs;
  },
  // The fault that is planted: nothing else is done for so long.
  hold: (ms) => {
    for (const start = now(); between(start, now()) < ms;);
    return ms;
  },
};

const server = createServer((socket) => {
  socket.on('data', (data) => {
    const [name, value] = data.toString().trim().split(' ');
    socket.write(`${acts[name](Number(value))}\n`);
  });
  socket.on('error', () => {});
});
server.listen(process.env.LOOP_TURNS_SOCKET);
// What the server starts is not measured.
delete process.env.NODE_OPTIONS;
server.unref();
