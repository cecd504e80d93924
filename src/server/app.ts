import type { Hono } from 'hono';
import { openChangeFeed } from './changes/change-feed.ts';
import { createMemoryFirst } from './changes/memory-first.ts';
import { isSameActor, streamChanges } from './changes/stream.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { createAgentsService } from './features/agents/service.ts';
import { createHeldKeys } from './features/api-keys/held-keys.ts';
import { createKnownKeys } from './features/api-keys/known-keys.ts';
import { createApiKeysService } from './features/api-keys/service.ts';
import { createAuditEventsService } from './features/audit-events/service.ts';
import { checkMasterKey } from './features/credentials/check-master-key.ts';
import { createBusinessHoursService } from './features/business-hours/service.ts';
import { createCredentialsService } from './features/credentials/service.ts';
import { createOperatorsService } from './features/operators/service.ts';
import { createPhoneNumbersService } from './features/phone-numbers/service.ts';
import { createRoutingService } from './features/routing/service.ts';
import { createSessionsService } from './features/sessions/service.ts';
import { createHandlers } from './handlers.ts';
import { peerAddress } from './http/address.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { mountDocumentation } from './http/documentation.ts';
import { mountHealth } from './http/health.ts';
import { mount } from './http/mount.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createBodyHash } from './idempotency/body-hash.ts';
import type { Log } from './log.ts';
import { openKeyring } from './secrets/keyring.ts';

export interface AppDependencies {
  config: Config;
  database: Database;
  log: Log;
}

export interface App {
  /** Everything the server answers, without a port. `env.incoming` is Node's request, for the peer's address. */
  hono: Hono;
  /** The one-time set-up link's path and token, while there is no admin; else null. */
  setUpPath: string | null;
  close(): void;
}

/** The whole server without a port: tests call it, `main.ts` serves it. */
export const createApp = async ({ config, database, log }: AppDependencies): Promise<App> => {
  const keyring = await openKeyring(config);
  // First of all that asks the database: whatever keeps notifications away breaks other things too, and less plainly.
  const changes = await openChangeFeed(database);
  await checkMasterKey({ database, keyring });

  const agents = createAgentsService({ database, keyring });
  const auditEvents = createAuditEventsService({ database, keyring });
  const businessHours = createBusinessHoursService({ database, auditEvents });
  const credentials = createCredentialsService({ database, keyring });
  const phoneNumbers = createPhoneNumbersService({ database, keyring, agents, businessHours, auditEvents, credentials });
  const sessions = createSessionsService({ config, database, keyring, changes });
  const operators = createOperatorsService({ database, sessions });
  const maxStalenessSeconds = config.routeMaxStalenessSeconds;
  const memoryFirst = createMemoryFirst(database, maxStalenessSeconds);
  const heldKeys = createHeldKeys({ database, changes, memoryFirst, log });
  const knownKeys = createKnownKeys({ database, changes, heldKeys });
  const apiKeys = createApiKeysService({ database, known: knownKeys });
  const routing = createRoutingService({ database, changes, keyring, agents, businessHours, log, memoryFirst, maxStalenessSeconds });

  const authenticate = createAuthenticate({ sessions, apiKeys: knownKeys });
  const followChanges = async (request: Request) => {
    const recognise = () => authenticate(request, { isUse: false });
    const first = await recognise();
    return streamChanges(changes, { request, stillAllowed: async () => first !== null && isSameActor(first, await recognise()) });
  };

  const hono = mount({
    handlers: createHandlers({ phoneNumbers, credentials, agents, businessHours, routing, auditEvents, sessions, operators, apiKeys, followChanges }),
    authenticate,
    addressOf: (request, env) => peerAddress(request, env, config),
    hashBody: createBodyHash(keyring),
    log,
  });
  mountDocumentation(hono);
  mountHealth(hono, database);

  const stopHousekeeping = startHousekeeping({ database, log });
  const close = () => {
    stopHousekeeping();
    heldKeys.close();
    routing.close();
  };
  return { hono, setUpPath: await sessions.offerSetUp(), close };
};
