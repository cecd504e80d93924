import { setTimeout as delay } from 'node:timers/promises';
import { EgressError } from '#server/platform/egress/egress-error.ts';
import type { Egress } from '#server/platform/egress/egress.ts';
import type { EgressAnswer } from '#server/platform/egress/exchange.ts';

const TRIES = 4;
const FIRST_PAUSE_MS = 500;

const passing = new Set(['dropped', 'unreachable', 'timed_out', 'dns_failed']);
const isPassing = ({ status }: EgressAnswer) => status === 429 || (status >= 500 && status <= 599);

/**
 * Asks again where a long reading would break off for one bad moment. For reading alone: whoever sends
 * anything must first see what became of it. When the platform asks to be asked less often, the paced egress
 * beneath keeps everybody away as long as it said.
 */
export const createPatientEgress = (egress: Egress): Egress => ({
  async request(request) {
    for (let left = TRIES - 1; ; left--) {
      const isLast = left === 0 || request.method !== 'GET';
      try {
        const answer = await egress.request(request);
        if (isLast || !isPassing(answer)) return answer;
      } catch (error) {
        if (isLast || !(error instanceof EgressError) || !passing.has(error.code)) throw error;
      }
      const pause = FIRST_PAUSE_MS * 2 ** (TRIES - 1 - left);
      await delay(pause, undefined, request.signal === undefined ? {} : { signal: request.signal }).catch(
        (): never => {
          throw new EgressError('cancelled', 'The request was broken off.');
        },
      );
    }
  },
});
