import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';

/**
 * The promise: a page token works only where it was given, for the same endpoint, filters and order. Whatever
 * else is sent as one (made up, changed, from another list or another installation) is refused, and never
 * reaches the database.
 */
export interface PageTokens {
  /**
   * `list` names the endpoint with its filters and order; `position` is the sort key of the last row shown.
   */
  write(list: readonly unknown[], position: readonly string[]): string;
  /** The position; throws `invalid_page_token`. */
  read(list: readonly unknown[], token: string): string[];
}

const MAC_BYTES = 12;

const refused = () =>
  new Problem(
    'invalid_page_token',
    'Begin again without page_token; a token serves only the list, filters and order it came from.',
  );

export const createPageTokens = (keyring: Keyring): PageTokens => {
  const key = keyring.derive('page-token');
  const macOf = (list: readonly unknown[], position: Buffer) =>
    createHmac('sha256', key)
      .update(JSON.stringify(list))
      .update('\0')
      .update(position)
      .digest()
      .subarray(0, MAC_BYTES);

  return {
    write(list, position) {
      const bytes = Buffer.from(JSON.stringify(position));
      return Buffer.concat([macOf(list, bytes), bytes]).toString('base64url');
    },
    read(list, token) {
      const bytes = Buffer.from(token, 'base64url');
      // Decoding skips what is not base64; only the one spelling we gave is ours.
      if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== token) throw refused();
      const position = bytes.subarray(MAC_BYTES);
      if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(list, position))) throw refused();
      return JSON.parse(position.toString()) as string[];
    },
  };
};
