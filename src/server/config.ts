import { isIP } from 'node:net';
import { z } from 'zod';
import { findNetworkFault } from '#server/platform/egress/networks.ts';

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${from} to ${to}`)
    .transform(Number)
    .pipe(z.number().min(from, `at least ${from}`).max(to, `at most ${to}`));

const urlOf = (protocols: readonly string[], what: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), what)
    .transform((text) => new URL(text));

const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^[a-z0-9.-]+$/i.test(text), 'an address or a host name');
const masterKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, '32 bytes in base64 (openssl rand -base64 32)');

const networks = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''))
  .superRefine((items, context) => {
    for (const [at, item] of items.entries()) {
      const fault = findNetworkFault(item);
      if (fault !== null)
        context.addIssue({
          code: 'custom',
          message: `private networks in CIDR notation, separated by commas; number ${at + 1} ${fault}`,
        });
    }
  });

/** Every variable the server reads, and nothing else reads the environment. */
const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(4780),
  HOST: host.default('127.0.0.1'),
  CORDBOARD_DATA: z.string().default('./data'),
  DATABASE_URL: urlOf(['postgres:', 'postgresql:'], 'a postgres:// address').optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1000).default(10),
  CORDBOARD_MASTER_KEY: masterKey.optional(),
  CORDBOARD_PUBLIC_URL: urlOf(['http:', 'https:'], 'an http:// or https:// address').optional(),
  CORDBOARD_TRUSTED_PROXY: wholeNumber(0, 10).default(0),
  CORDBOARD_CONNECTIONS_PER_ADDRESS: wholeNumber(1, 65_535).default(256),
  CORDBOARD_ROUTE_MAX_STALENESS: wholeNumber(1, 3600).default(60),
  CORDBOARD_EGRESS_NETWORKS: networks.optional(),
  CORDBOARD_UNSAFE_ALLOW_LOOPBACK: z.literal('1', '1, or not set at all').optional(),
  CORDBOARD_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  CORDBOARD_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'at least 16 visible ASCII characters')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

/** Each variable with its default; undefined where it has none. */
export const listVariables = (): Record<string, string | undefined> => {
  const defaults: Record<string, string | number | string[] | URL | Buffer | undefined> =
    environmentSchema.parse({});
  return Object.fromEntries(
    Object.keys(environmentSchema.shape).map((name) => [name, defaults[name]?.toString()]),
  );
};

export interface Config {
  port: number;
  host: string;
  dataFolder: string;
  /** Null: the embedded database of the data folder. */
  databaseUrl: string | null;
  databasePoolSize: number;
  /** 32 bytes from the environment; null: the file `master.key` of the data folder holds the key. */
  masterKey: Buffer | null;
  /** Where browsers reach the server, if not at its own address. With https, cookies are Secure. */
  publicUrl: URL | null;
  /** How many proxies in front append to X-Forwarded-For. */
  trustedProxies: number;
  /**
   * How many connections one address may have open; this machine's own are not counted, nor any behind a
   * proxy.
   */
  connectionsPerAddress: number;
  /** Older data than this is never routed by. */
  routeMaxStalenessSeconds: number;
  /** Private networks, in CIDR notation, that connections may reach. */
  egressNetworks: readonly string[];
  /** Connections may reach this machine itself, and without TLS: for stand-ins in tests. */
  unsafeAllowLoopback: boolean;
  /** Where metrics are served, if on a port of their own. */
  metricsPort: number | null;
  /** Who may read metrics. Null with no port: they are off. */
  metricsToken: string | null;
  logLevel: string;
}

/** Its message is for whoever started the program: it names the variable, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const readConfig = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config => {
  // An empty variable is what a shell or a compose file makes of an unset one.
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.')} is not valid: it must be ${issue.message}.`)
        .join('\n'),
    );
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.CORDBOARD_DATA,
    databaseUrl: data.DATABASE_URL?.href ?? null,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    masterKey: data.CORDBOARD_MASTER_KEY ?? null,
    publicUrl: data.CORDBOARD_PUBLIC_URL ?? null,
    trustedProxies: data.CORDBOARD_TRUSTED_PROXY,
    connectionsPerAddress: data.CORDBOARD_CONNECTIONS_PER_ADDRESS,
    routeMaxStalenessSeconds: data.CORDBOARD_ROUTE_MAX_STALENESS,
    egressNetworks: data.CORDBOARD_EGRESS_NETWORKS ?? [],
    unsafeAllowLoopback: data.CORDBOARD_UNSAFE_ALLOW_LOOPBACK === '1',
    metricsPort: data.CORDBOARD_METRICS_PORT ?? null,
    metricsToken: data.CORDBOARD_METRICS_TOKEN ?? null,
    logLevel: data.LOG_LEVEL,
  };
};
