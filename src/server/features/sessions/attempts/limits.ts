import { createHmac } from 'node:crypto';
import { networkOf } from '#server/platform/http/address.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';

/** So many wrong ones within one window, which begins with its first. */
export interface Limit {
  /** A keyed hash of whom it limits. */
  key: string;
  allowed: number;
}

/**
 * A keyed hash of `parts`: only who holds the master key can make it, and the parts cannot be recovered from
 * it.
 */
export const createKeyedHash = (keyring: Keyring) => {
  const secret = keyring.derive('sign-in attempts');
  return (...parts: readonly string[]): string =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');
};
export type KeyedHash = ReturnType<typeof createKeyedHash>;

/** What attempts at passwords, and their traces in the audit log, are limited by. */
export const createLimits = (hash: KeyedHash) => {
  const networkKey = (what: string, address: string | null) =>
    hash(what, address === null ? 'unknown' : networkOf(address));
  return {
    account: (email: string): Limit => ({ key: hash('account', email), allowed: 10 }),
    // Offices share an address.
    address: (address: string | null): Limit => ({ key: networkKey('address', address), allowed: 60 }),
    device: (deviceKey: string): Limit => ({ key: deviceKey, allowed: 10 }),
    session: (sessionId: string): Limit => ({ key: hash('session', sessionId), allowed: 10 }),
    // The audit log cannot be shrunk: invented accounts must not fill it.
    recordedFrom: (address: string | null): Limit => ({ key: networkKey('recorded', address), allowed: 20 }),
    recorded: { key: hash('recorded'), allowed: 300 } satisfies Limit,
  };
};
export type Limits = ReturnType<typeof createLimits>;
