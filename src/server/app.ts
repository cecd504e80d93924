import type { Hono } from 'hono';
import type { RouteAnswer } from '#contract/numbers/route.ts';
import { openChangeFeed } from '#server/platform/changes/change-feed.ts';
import { createMemoryFirst } from '#server/platform/changes/memory-first.ts';
import { openChangeStreams } from '#server/platform/changes/streams.ts';
import type { Config } from './config.ts';
import type { Database, Instant } from '#server/platform/db/database.ts';
import { createEgress } from '#server/platform/egress/egress.ts';
import { createTurns } from '#server/platform/fairness/turns.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createHeldKeys } from '#server/features/api-keys/held-keys.ts';
import { createKnownKeys } from '#server/features/api-keys/known-keys.ts';
import { createApiKeysService } from '#server/features/api-keys/service.ts';
import { createKeyEndWarning } from '#server/features/api-keys/warn-of-ends.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { cancelLoadedJobs } from '#server/features/bulk/after-restore.ts';
import { createBulkService } from '#server/features/bulk/service.ts';
import { createImportsService } from '#server/features/bulk/imports/service.ts';
import { createConnectionImportsService } from '#server/features/bulk/connection-imports/service.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { createBursts } from '#server/features/credentials/bursts.ts';
import { createHeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { createRevealService } from '#server/features/credentials/reveal.ts';
import { createConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import { createCredentialsService } from '#server/features/credentials/service.ts';
import { pauseCopiedConnections } from '#server/features/connections/after-restore.ts';
import { connectionKinds } from '#server/features/connections/kinds/connection-kinds.ts';
import { createLinkKinds } from '#server/features/links/bulk-kinds.ts';
import { createLinksService } from '#server/features/links/service.ts';
import { createWatch } from '#server/features/links/watch/watch.ts';
import { createConnectionsService } from '#server/features/connections/service.ts';
import { createNoticesService } from '#server/features/notices/service.ts';
import { createOutbox } from '#server/features/outbox/outbox.ts';
import { createOperatorsService } from '#server/features/operators/service.ts';
import { startRenewal } from '#server/features/phone-numbers/rows/renew-search-texts.ts';
import { createPhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { createRoutingService } from '#server/features/routing/service.ts';
import { createSettingsService } from '#server/features/settings/service.ts';
import { createViewsService } from '#server/features/views/service.ts';
import { createSessionsService } from '#server/features/sessions/service.ts';
import { createHandlers, type Services } from './handlers.ts';
import { peerAddress } from '#server/platform/http/address.ts';
import { createAuthenticate } from './authenticate.ts';
import { mountDocumentation } from '#server/platform/documentation/serve.ts';
import { mountHealth } from '#server/platform/http/health.ts';
import { openLargeBodies } from '#server/platform/http/body/large-bodies.ts';
import { mount } from '#server/platform/http/mount.ts';
import { respondFile } from '#server/platform/http/respond-file.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createBodyHash } from '#server/platform/idempotency/body-hash.ts';
import type { Log } from './log.ts';
import { createJobs } from '#server/platform/jobs/jobs.ts';
import { mountMetrics } from '#server/platform/metrics/mount-metrics.ts';
import type { Metrics } from '#server/platform/metrics/open-metrics.ts';
import { createFingerprints } from '#server/platform/secrets/fingerprints.ts';
import { actorKey, hasSameRights, systemContext, type Actor } from './request-context.ts';

export interface AppDependencies {
  config: Config;
  database: Database;
  log: Log;
  /** False lets everybody ask for as much at once as they like: only to show what the limit is for. */
  limited?: boolean;
  /** This database is a copy of another: nothing goes on that went on there. */
  isRestored?: boolean;
  /** How long a large body may take to arrive: other than usual only for tests. */
  largeBodyWithinMs?: number | undefined;
  /** False sends nothing to platforms, and reads and watches none: for tests, where several are on one database. */
  isSending?: boolean;
  /** Between two requests of who watches an account: other than usual only for tests. */
  watchPaceMs?: number | undefined;
}

const ageOf = (instant: Instant | null) => instant && (performance.now() - instant.steady) / 1000;

export interface App {
  /**
   * Everything the server answers, without a port. `env.incoming` is Node's request, for the peer's address.
   */
  hono: Hono;
  /** The one-time set-up link's path and token, while there is no admin; else null. */
  setUpPath: string | null;
  /** Null where they are off. */
  metrics: Metrics | null;
  close(): void;
}

/** The whole server without a port: tests call it, `run.ts` serves it. */
export const createApp = async ({
  config,
  database,
  log,
  limited = true,
  isRestored = false,
  largeBodyWithinMs,
  isSending = true,
  watchPaceMs,
}: AppDependencies): Promise<App> => {
  // First of all that asks the database: whatever keeps notifications away breaks other things too, and less
  // plainly.
  const changes = await openChangeFeed(database);
  const keyring = await openMasterKey({ config, database });
  const areMetricsOn = config.metricsPort !== null || config.metricsToken !== null;
  const metrics = areMetricsOn
    ? (await import('#server/platform/metrics/open-metrics.ts')).openMetrics()
    : null;

  const agents = createAgentsService({ database, keyring });
  const auditEvents = createAuditEventsService({ database, keyring });
  const settings = createSettingsService({ database, auditEvents });
  const views = createViewsService({ database, auditEvents });
  const businessHours = createBusinessHoursService({ database, auditEvents });
  const bursts = createBursts({ database, log });
  const credentials = createCredentialsService({ keyring, bursts });
  const reveals = createRevealService({ database, keyring, settings, bursts });
  const outbox = createOutbox({ kinds: connectionKinds });
  const connections = createConnectionsService({
    database,
    outbox,
    auditEvents,
    credentials: createConnectionCredentials({ keyring, bursts }),
    fingerprints: createFingerprints(keyring),
    kinds: connectionKinds,
    egress: createEgress({
      allowedNetworks: config.egressNetworks,
      allowLoopback: config.unsafeAllowLoopback,
    }),
    allowLoopback: config.unsafeAllowLoopback,
  });
  const phoneNumbers = createPhoneNumbersService({
    database,
    keyring,
    agents,
    businessHours,
    auditEvents,
    credentials,
    outbox,
  });
  const links = createLinksService({
    database,
    keyring,
    log,
    phoneNumbers,
    agents,
    connections,
    outbox,
  });
  const watch = createWatch({
    database,
    keyring,
    log,
    phoneNumbers,
    agents,
    connections,
    paceMs: watchPaceMs,
  });
  const sessions = createSessionsService({ config, database, keyring, changes });
  const notices = createNoticesService({ config, database, log });
  const maxStalenessSeconds = config.routeMaxStalenessSeconds;
  const memoryFirst = createMemoryFirst(database, maxStalenessSeconds);
  const heldKeys = createHeldKeys({ database, changes, memoryFirst, log });
  const knownKeys = createKnownKeys({ database, changes, heldKeys });
  const apiKeys = createApiKeysService({ database, known: knownKeys });
  const operators = createOperatorsService({ database, sessions, apiKeys: knownKeys });
  const jobs = createJobs({ database, log });
  const held = createHeldSecrets(database, keyring);
  const bulk = createBulkService({
    database,
    keyring,
    jobs,
    held,
    auditEvents,
    phoneNumbers,
    operators,
    apiKeys,
  });
  const { plans, kinds } = bulk;
  const linking = createLinkKinds(phoneNumbers, links.linkNumbers, database.isOneSession ? 250 : 5000);
  kinds.add('link', linking.link);
  kinds.add('unlink', linking.unlink);
  const imports = createImportsService({ database, keyring, held, plans, kinds, phoneNumbers });
  const connectionImports = createConnectionImportsService({
    database,
    keyring,
    jobs,
    held,
    plans,
    kinds,
    agents,
    connections,
    phoneNumbers,
    isReading: isSending,
  });
  const onDecision = metrics
    ? (source: 'memory' | 'database', { destination }: RouteAnswer) =>
        metrics.decision(source, destination.type)
    : undefined;
  const routing = createRoutingService({
    database,
    changes,
    keyring,
    agents,
    businessHours,
    links,
    log,
    memoryFirst,
    maxStalenessSeconds,
    onDecision,
  });

  const authenticate = createAuthenticate({ sessions, apiKeys: knownKeys });
  const streams = openChangeStreams(changes);
  const followChanges = (request: Request, actor: Actor, since: string | undefined) =>
    streams.open({ request, actor, since, recognise: () => authenticate(request, { countsAsUse: false }) });

  /** A file ends with the right to it, as a stream of changes does. */
  const sendFileFor: Services['sendFileFor'] =
    ({ context: { actor }, request }) =>
    (file) =>
      respondFile(file, {
        log,
        mayGoOn: async () => {
          const now = await authenticate(request, { countsAsUse: false }).catch(() => null);
          return now !== null && hasSameRights(now, actor);
        },
      });

  const { isOneSession } = database;
  const turns = createTurns({
    maxConcurrent: isOneSession ? 1 : Math.max(1, Math.floor(config.databasePoolSize / 2)),
    isOneSession,
    limited,
  });
  const runHeavyFor: Services['runHeavyFor'] = ({ context, request }) => {
    const asker = { actor: actorKey(context.actor), signal: request.signal };
    return (work) => turns.take(asker, work);
  };

  const services = {
    phoneNumbers,
    reveals,
    agents,
    bulk,
    imports,
    businessHours,
    routing,
    auditEvents,
    sessions,
    notices,
    operators,
    apiKeys,
    settings,
    views,
    connections,
    connectionImports,
    links,
    watch,
  };
  const hono = mount({
    handlers: createHandlers({
      ...services,
      runHeavyFor,
      sendFileFor,
      followChanges,
    }),
    changesPosition: streams.position,
    authenticate: async (request, options) => {
      const actor = await authenticate(request, options);
      if (actor !== null) turns.note(actorKey(actor));
      return actor;
    },
    addressOf: (request, env) => {
      notices.watchForwardedFor(request);
      return peerAddress(request, env, config);
    },
    openBodyHash: createBodyHash(keyring),
    largeBodies: openLargeBodies(largeBodyWithinMs),
    log,
    onAnswer: metrics?.request,
    publicUrl: config.publicUrl,
  });
  mountDocumentation(hono);
  mountHealth(hono, database);
  mountMetrics(hono, metrics, config);
  metrics?.observe({
    pool: () => database.poolFigures(),
    streams: streams.count,
    heavy: turns.figures,
    routingAge: () => ageOf(routing.confirmed()),
  });

  const warnOfKeyEnds = createKeyEndWarning({ database, log });
  await warnOfKeyEnds(new Date());
  const stopHousekeeping = startHousekeeping({
    database,
    sessions,
    log,
    warnOfKeyEnds,
    onRun: metrics?.housekeeping,
  });
  const stopRenewal = startRenewal({ database, log });
  await cancelLoadedJobs({
    database,
    log,
    isRestored,
    onLoaded: async (tx) => {
      const paused = await pauseCopiedConnections(tx, systemContext('Cordboard'));
      if (paused > 0)
        log.warn({}, `${paused} connections of a copied database are paused until an admin resumes them`);
    },
  });
  jobs.start();
  if (isSending) {
    links.start();
    watch.start();
  }
  const close = () => {
    stopHousekeeping();
    stopRenewal();
    void jobs.stop();
    void links.stop();
    void watch.stop();
    connections.stop();
    streams.close();
    bursts.stop();
    heldKeys.close();
    routing.close();
  };
  return { hono, setUpPath: await sessions.offerSetUp(), metrics, close };
};
