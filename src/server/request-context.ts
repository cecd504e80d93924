import type { Role, Scope } from '#contract/access.ts';
import { newId } from '#server/lib/ids.ts';

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
  | {
      kind: 'api_key';
      id: string;
      name: string;
      scopes: readonly Scope[];
      expiresAt: Date | null;
      /** Made by whoever runs the server, not by an admin. */
      isOfCommandLine?: boolean;
    }
  | { kind: 'system'; id: null; name: string };

/** One key per operator or API key: what limits and turns are counted by. */
export const actorKey = ({ kind, id }: Actor): string => `${kind} ${id}`;

/** Whether they are the same, and may still do what they might. */
export const hasSameRights = (one: Actor, other: Actor): boolean => {
  if (one.kind === 'operator')
    return other.kind === one.kind && one.id === other.id && one.role === other.role;
  if (one.kind === 'api_key')
    return other.kind === one.kind && one.id === other.id && one.scopes.join() === other.scopes.join();
  return other.kind === 'system';
};

/** What a service knows of the request it works for: enough to record who did what from where. */
export interface RequestContext {
  actor: Actor;
  requestId: string;
  /** The peer's network address; null for the command line. */
  address: string | null;
  userAgent: string | null;
  /** If-Match: the version the client expects the record to have; null where it sent none. */
  ifMatch: number | null;
  /**
   * What was sent takes milliseconds to look through: in tasks of its own, so that nobody waits for all of
   * it.
   */
  isLarge: boolean;
  /** Set where the caller asked that a retry be answered like the first request. */
  idempotency: { key: string; endpoint: string; bodyHash: Buffer } | null;
  /** The bulk job that this is a part of. */
  bulkJobId?: string | undefined;
  /** What is written comes from a number's platform: it is not sent back there. */
  isFromPlatform?: boolean | undefined;
  /** When it must be answered or refused at the latest, by `performance.now()`; only of what is urgent. */
  deadline?: number | undefined;
}

/** Of what no request asked for: the command line, or the server by itself. */
export const systemContext = (name: string): RequestContext => ({
  actor: { kind: 'system', id: null, name },
  requestId: newId(),
  address: null,
  userAgent: null,
  ifMatch: null,
  isLarge: false,
  idempotency: null,
});

/** How a request is authenticated. */
export interface AuthenticateOptions {
  /** Whether this keeps a session from ending unused. */
  countsAsUse?: boolean;
  /** When it must be known or refused at the latest, by `performance.now()`. */
  deadline?: number | undefined;
}
