import type { Role, Scope } from '#contract/access.ts';

/**
 * Who is acting. An operator through a session, a script through a key, or the system itself (command line,
 * first start).
 */
export type Actor =
  | {
      kind: 'operator';
      id: string;
      name: string;
      email: string;
      role: Role;
      sessionId: string;
      freshUntil: Date;
      /** When the session ends unless it is used; of whoever sent a request. */
      endsAt?: Date;
    }
  | { kind: 'api_key'; id: string; name: string; scopes: readonly Scope[]; expiresAt: Date | null }
  | { kind: 'system'; id: null; name: string };

/** One name for whoever shares what there is: all requests of one operator or key. */
export const nameOf = ({ kind, id }: Actor): string => `${kind} ${id}`;

/** What a service knows of the request it works for: enough to record who did what from where. */
export interface RequestContext {
  actor: Actor;
  requestId: string;
  /** The peer's network address; null for the command line. */
  address: string | null;
  userAgent: string | null;
  /** The version the caller believes to be changing; null where it does not say. */
  ifMatch: number | null;
  /**
   * What was sent takes milliseconds to look through: in turns of its own, so that nobody waits for all of
   * it.
   */
  isLarge: boolean;
  /** Set where the caller asked that a retry be answered like the first request. */
  idempotency: { key: string; endpoint: string; bodyHash: Buffer } | null;
  /** By when it must be answered or refused, by `performance.now()`; only of what is urgent. */
  by?: number | undefined;
}

/** How it is found out who asks. */
export interface HowToAsk {
  /** Whether this keeps a session from ending unused. */
  isUse?: boolean;
  /** By when it must be known, or refused; by `performance.now()`. */
  by?: number | undefined;
}
