import { lookup } from 'node:dns/promises';
import { EgressError } from './egress-error.ts';

const MOST_LOOKUPS = 4;

export type Resolve = (name: string) => Promise<readonly string[]>;

/** Every address of a name, as all programs on this machine find them. */
export const lookUpHere: Resolve = async (name) =>
  (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * A look-up goes on when nobody waits for it any more, and the whole process has few at a time: each is shared by all
 * who ask for its name, and there are never many. `dns_failed` where there are.
 */
export const createResolve = (lookUp: Resolve): Resolve => {
  const underWay = new Map<string, Promise<readonly string[]>>();
  return (name) => {
    const known = underWay.get(name);
    if (known !== undefined) return known;
    if (underWay.size >= MOST_LOOKUPS)
      throw new EgressError(
        'dns_failed',
        `${MOST_LOOKUPS} names are being looked up, and none is answered. Try again in a moment.`,
      );
    const found = lookUp(name).finally(() => underWay.delete(name));
    underWay.set(name, found);
    return found;
  };
};
