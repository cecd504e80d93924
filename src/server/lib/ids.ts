import { randomFillSync } from 'node:crypto';

// Drawn from a stock: asking for eight bytes each time costs several times as much.
const stock = Buffer.alloc(4096);
let used = stock.length;

const randomHex = (bytes: number): string => {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += bytes;
  return stock.toString('hex', used - bytes, used);
};

/**
 * 24 hexadecimal digits: eight of the time in seconds, so that new rows land side by side in an index, and
 * sixteen random.
 */
export const newId = (): string =>
  Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0') + randomHex(8);
