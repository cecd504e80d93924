/**
 * The environment of a server whose clock is ahead, its database's with it: how something that takes minutes
 * to grow old is met without waiting for it, and without a door for that in the product.
 */
export const clockAhead = (minutes: number): Record<string, string> => {
  const code = `const Real = Date;
    const ahead = ${minutes * 60_000};
    globalThis.Date = class Date extends Real {
      constructor(...given) { if (given.length === 0) super(Real.now() + ahead); else super(...given); }
      static now() { return Real.now() + ahead; }
    };`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}` };
};
