import { z } from 'zod';

// Seconds since 1970, of which a Date can hold so many.
const claimsSchema = z.object({ exp: z.number().positive().max(8_640_000_000_000) });

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
