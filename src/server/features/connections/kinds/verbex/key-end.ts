import { z } from 'zod';

// Seconds since 1970, to the end of the year 9999: later ones are milliseconds by mistake, and no database
// reads them.
const claimsSchema = z.object({ exp: z.number().positive().max(253_402_300_799) });

/** When an API key ends, where it says so itself (a JSON Web Token, RFC 7519): UTC, ISO 8601; else null. */
export const keyEnd = (apiKey: string): string | null => {
  const parts = apiKey.split('.');
  if (parts.length !== 3) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    return new Date(claimsSchema.parse(claims).exp * 1000).toISOString();
  } catch {
    return null;
  }
};
