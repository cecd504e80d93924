import { randomBytes } from 'node:crypto';

/** 24 hexadecimal digits: eight of the time in seconds, so that new rows land side by side in an index, and sixteen random. */
export const newId = (): string =>
  Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0') + randomBytes(8).toString('hex');
