import { createKnownNumbers } from '#server/features/routing/memory/known-numbers.ts';

/** How much memory a number without rules takes: a process of its own holds them all, as the server does. */
const COUNT = Number(process.argv[2]);

const inUse = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const before = inUse();
const numbers = createKnownNumbers();
numbers.reserve(COUNT);
for (let index = 0; index < COUNT; index += 1) {
  const id = index.toString(16).padStart(24, '0');
  const agent = `agent-${index % 500}`;
  const unruled = { routing: null, call_handling: null, temporary_reassignment: null };
  const row = { inbound_agent_id: agent, outbound_agent_id: null, sip_caller_format: null, ...unruled };
  numbers.learn({ id, version: 1, phone_number: `+8801${String(index).padStart(9, '0')}`, ...row }, 1);
}
process.send?.((inUse() - before) / numbers.size);
process.exit(0);
