import type { ConnectionKind } from './upstream/connection-kind.ts';
import { verbex } from './verbex/verbex.ts';

/** Every kind of connection there is, by its name. */
export const connectionKinds: Readonly<Record<ConnectionKind['kind'], ConnectionKind>> = { verbex };
