import type { z } from 'zod';
import type { Access } from './access.ts';
import type { ProblemCode } from './errors.ts';

/** A body that is a file: its type, and its bytes as they come. */
export interface Upload {
  type: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** One endpoint: who may call it, what it takes, what it answers, how it can fail. */
export interface Endpoint {
  summary: string;
  tag:
    | 'Phone numbers'
    | 'Agents'
    | 'Business hours'
    | 'Bulk changes'
    | 'Imports'
    | 'Routing'
    | 'Audit'
    | 'Session'
    | 'Operators'
    | 'API keys'
    | 'Settings'
    | 'Views'
    | 'Connections'
    | 'Changes'
    | 'Service';
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /**
   * What the body says is to replace what is stored: the handler gets it as it was sent, and reads it over
   * that.
   */
  mergesWithStored?: true;
  /** The largest body, where it is not the usual one: see body-limits.ts. */
  maxBodyBytes?: number;
  /** The body is a file of one of these types, which its handler reads while it comes. */
  upload?: readonly string[];
  /** What it answers otherwise, by another status; `is` tells by the answer. */
  also?: { status: 201 | 202; output: z.ZodType; is: (answer: object) => boolean };
  /** Absent with status 204, and where `stream` or `file` says the answer is no JSON. */
  status: 200 | 201 | 202 | 204;
  /** Absent with status 204, and where `stream` says the answer is no JSON. */
  output?: z.ZodType;
  stream?: 'text/event-stream';
  /** The answer is a file of one of these types, sent piece by piece. */
  file?: readonly string[];
  /** Problems beyond those any endpoint can answer (bad JSON, validation, 401, 403, 404, 5xx). */
  errors?: readonly ProblemCode[];
  /** `Idempotency-Key` is honoured. Never on an endpoint whose answer holds a secret. */
  idempotent?: true;
  /**
   * A call is ringing: answered or refused within a second, from memory where the database cannot be asked.
   */
  urgent?: true;
  /** The answer says where among the changes it was read: `Changes-Position`. */
  positioned?: true;
  /** The answer has an ETag; a write honours `If-Match`. */
  versioned?: true;
}

/** Keeps the literal types of an endpoint while checking its shape. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
