// Loaded into the server with --import: tells how long its longest turn of the event loop was. The product knows nothing of it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const schedule = `/proc/self/task/${process.pid}/schedstat`;

// What the main thread itself ran, so that a busy machine does not count; where the system does not tell, the clock.
const ranMs = () => {
  try {
    return Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
};

let isMeasuring = false;
let longestMs = 0;
let before = 0;

const turn = () => {
  const now = ranMs();
  longestMs = Math.max(longestMs, now - before);
  before = now;
  if (isMeasuring) setImmediate(turn);
};

const acts = {
  begin: () => {
    isMeasuring = true;
    longestMs = 0;
    before = ranMs();
    setImmediate(turn);
    return 0;
  },
  end: () => {
    isMeasuring = false;
    return longestMs;
  },
  // The fault that is planted: nothing else is done for so long.
  hold: (ms) => {
    for (const until = ranMs() + ms; ranMs() < until;);
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
