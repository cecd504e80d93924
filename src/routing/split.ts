/*
 * Which of several agents a caller gets: rendezvous hashing. Each agent draws a number from the caller, and
 * the best draw wins, bent by the weights: the shares come out as the weights are, the same caller gets the
 * same agent, and taking an agent in or out moves only its own callers.
 */

// MurmurHash3's way of mixing, 32 bits.
const mix = (text: string, seed: number): number => {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    let block = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = Math.imul(hash, 5) + 0xe6546b64;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Above 0 and below 1. */
const draw = (caller: number, agentId: string): number => (mix(agentId, caller) + 0.5) / 4_294_967_296;

export interface Share {
  agent_id: string;
  weight: number;
}

/**
 * The agent of this caller; null where there are none. `key` says who calls and which number: callers are
 * spread anew on every number.
 */
export const chooseAgent = (shares: readonly Share[], key: string): string | null => {
  const caller = mix(key, 0);
  let chosen: string | null = null;
  let best = -Infinity;
  for (const { agent_id: agentId, weight } of shares) {
    const score = Math.log(draw(caller, agentId)) / weight;
    if (score <= best) continue;
    chosen = agentId;
    best = score;
  }
  return chosen;
};
