import { dial, type DialOptions } from './dial.ts';
import { EgressError } from './egress-error.ts';
import { checkHeaders, exchange, type EgressAnswer, type Outgoing } from './exchange.ts';
import { createAddressJudge, type AddressRules } from './judge-address.ts';
import { createResolve, lookUpHere } from './resolve-name.ts';
import { isLiteral, readTarget, type Target } from './read-target.ts';
import { limitTime, unlessAborted } from './time-limit.ts';

/*
 * The one door through which the server asks others. A name is resolved once, every address it has is judged,
 * and the one that is dialled is one that was judged: nobody gets it to speak to this machine or its network
 * by what a URL or a name server says. Redirects are not followed, and proxies of the environment not used.
 */

export interface EgressOptions extends AddressRules {
  /** Every address of a name; by default as all programs on this machine find it. For tests. */
  resolve?: (name: string) => Promise<readonly string[]>;
  /** PEM, instead of what Node trusts. For tests; whoever runs the server sets NODE_EXTRA_CA_CERTS. */
  certificateAuthorities?: string;
}

export interface EgressRequest extends Outgoing {
  url: string;
  /** From the look-up to the last byte of the answer. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface Egress {
  /** Asks once. Any HTTP status is an answer; what keeps one from coming is an `EgressError`. */
  request(request: EgressRequest): Promise<EgressAnswer>;
}

/** A machine without a way to IPv6 must not wait for it while another address would answer. */
const NEXT_ADDRESS_AFTER_MS = 2500;

// One for the process: so many threads look names up.
const resolveHere = createResolve(lookUpHere);

const notHttps = ({ place }: Target) =>
  new EgressError(
    'not_https',
    `${place} must be reached by https, or what is sent could be read on the way.`,
  );

export const createEgress = (options: EgressOptions): Egress => {
  const { allowLoopback, resolve = resolveHere, certificateAuthorities } = options;
  const judge = createAddressJudge(options);

  const addressesOf = async (target: Target, signal: AbortSignal): Promise<readonly string[]> => {
    if (isLiteral(target)) return [target.host];
    const found = await unlessAborted(resolve(target.host), signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return [];
    });
    if (found.length === 0)
      throw new EgressError('dns_failed', `The name ${target.host} has no address that can be found.`);
    return found;
  };

  /** One address that may not be reached condemns the name: whoever answers it so, answers it at will. */
  const judged = (target: Target, addresses: readonly string[]): readonly string[] => {
    for (const address of addresses) {
      const verdict = judge(address);
      if (!verdict.isAllowed)
        throw new EgressError(
          'forbidden_address',
          // Which private addresses a name has is for its name servers to say, not for us.
          `${target.place} must not be reached: ${isLiteral(target) ? 'it' : 'an address of it'} ${verdict.why}.`,
        );
      if (!target.isSecure && verdict.isPublic) throw notHttps(target);
    }
    return addresses;
  };

  const dialFirst = async (addresses: readonly string[], target: Target, dialling: DialOptions) => {
    let failure: unknown;
    for (const [at, address] of addresses.entries()) {
      const isLast = at === addresses.length - 1;
      try {
        return await dial(address, target, {
          ...dialling,
          connectWithinMs: isLast ? undefined : NEXT_ADDRESS_AFTER_MS,
        });
      } catch (error) {
        if (!(error instanceof EgressError) || error.code !== 'unreachable') throw error;
        failure = error;
      }
    }
    throw failure;
  };

  return {
    async request({ url, timeoutMs, signal: given, ...outgoing }) {
      const target = readTarget(url);
      if (!target.isSecure && !allowLoopback) throw notHttps(target);
      checkHeaders(outgoing.headers);
      const limit = limitTime(timeoutMs, given);
      const { signal } = limit;
      let mayHaveArrived = false;
      try {
        const addresses = judged(target, await addressesOf(target, signal));
        const socket = await dialFirst(addresses, target, { signal, certificateAuthorities });
        mayHaveArrived = true;
        return await exchange(socket, target, outgoing, signal);
      } catch (error) {
        if (limit.isOver())
          throw new EgressError(
            'timed_out',
            `${target.place} did not answer within ${(timeoutMs / 1000).toLocaleString('en')} s.`,
            { mayHaveArrived },
          );
        if (signal.aborted)
          throw new EgressError('cancelled', 'The request was broken off.', { mayHaveArrived });
        throw error;
      } finally {
        limit.end();
      }
    },
  };
};
