import { z } from 'zod';

/** Roles of operators, each allowed what the one before is. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export const roleSchema = z
  .enum(roles)
  .describe(
    'viewer reads; operator changes and reveals; admin also manages operators, API keys and settings, and reads the audit log.',
  );
export type Role = z.infer<typeof roleSchema>;

export const hasRole = (actual: Role, needed: Role) => roles.indexOf(actual) >= roles.indexOf(needed);

/** What an API key may be allowed, one by one. */
export const scopes = [
  'numbers:read',
  'numbers:write',
  'credentials:reveal',
  'agents:write',
  'audit:read',
  'calls:route',
  'connections:read',
  'connections:write',
] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

/**
 * Who may call an endpoint. `anyone`: no sign-in needed. `anyone-known`: any session or live key.
 * `session`: any signed-in operator, no key. Otherwise the role an operator and the scope a key must have;
 * scope null means no key ever, `also` one more that it must have. `fresh` asks an operator (not a key) to have given the password
 * within ten minutes: for a reveal, and for whatever hands out the right to one.
 */
export type Access =
  | 'anyone'
  | 'anyone-known'
  | 'session'
  | { role: Role; scope: Scope | null; also?: Scope; fresh?: true };
