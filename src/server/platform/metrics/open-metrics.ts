import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolFigures } from '#server/platform/db/database.ts';

/*
 * The promise: figures and fixed words only. No label holds a path, a number, a name or an id, so there are
 * never more series than the contract has routes. Loaded only where metrics are asked for.
 */

export interface Sources {
  pool: () => PoolFigures;
  streams: () => number;
  heavy: () => { running: number; waiting: number; refused: number };
  /** How old the routing data is, in seconds; null before any is known. */
  routingAge: () => number | null;
}

export interface Metrics {
  /** `key` is the endpoint's name in the contract: method and template. */
  request: (key: string, status: number, ms: number) => void;
  decision: (source: 'memory' | 'database', outcome: string) => void;
  housekeeping: (succeeded: boolean) => void;
  observe(sources: Sources): void;
  scrape(): Promise<{ contentType: string; text: string }>;
}

// Gauges that end in _total, against the conventions; beside each stands the same by type.
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const openMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);

  const requests = new Histogram({
    name: 'cordboard_http_request_duration_seconds',
    help: 'Requests by method, route and status, and how long they took.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const decisions = new Counter({
    name: 'cordboard_route_decisions_total',
    help: 'Decisions on who answers a call, by what they were made from and where they lead.',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const housekeeping = new Counter({
    name: 'cordboard_housekeeping_runs_total',
    help: 'Runs of the minutely clean-up.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['success', 'failure']) housekeeping.inc({ outcome }, 0);

  const gauge = (name: string, help: string, read: () => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value === null) this.reset();
        else this.set(value);
      },
    });

  return {
    request(key, status, ms) {
      const [method = '', route = ''] = key.split(' ');
      requests.observe({ method, route, status }, ms / 1000);
    },
    decision: (source, outcome) => decisions.inc({ source, outcome }),
    housekeeping: (succeeded) => housekeeping.inc({ outcome: succeeded ? 'success' : 'failure' }),

    observe({ pool, streams, heavy, routingAge }) {
      gauge(
        'cordboard_route_data_age_seconds',
        'How long ago the routing data in memory was last known to be true.',
        routingAge,
      );
      gauge('cordboard_change_streams', 'Event streams that are open.', streams);
      gauge('cordboard_heavy_queries_running', 'Heavy queries that run.', () => heavy().running);
      gauge(
        'cordboard_heavy_queries_waiting',
        'Heavy queries that wait for their turn.',
        () => heavy().waiting,
      );
      new Counter({
        name: 'cordboard_heavy_queries_refused_total',
        help: 'Heavy queries that waited too long and were answered 429.',
        registers,
        collect() {
          this.reset();
          this.inc(heavy().refused);
        },
      });
      gauge('cordboard_database_connections_max', 'Connections that the pool may open.', () => pool().max);
      gauge(
        'cordboard_database_connections_waiting',
        'Queries that wait for a connection.',
        () => pool().waiting,
      );
      new Gauge({
        name: 'cordboard_database_connections',
        help: 'Open connections of the pool.',
        labelNames: ['state'],
        registers,
        collect() {
          const { size, idle } = pool();
          this.set({ state: 'idle' }, idle);
          this.set({ state: 'busy' }, size - idle);
        },
      });
    },

    scrape: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
};
