import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment gives what the operations guide promises', () => {
  expect(readConfig({ PORT: '', PATH: '/usr/bin' })).toEqual({
    port: 4780,
    host: '127.0.0.1',
    dataFolder: './data',
    databaseUrl: null,
    databasePoolSize: 10,
    masterKey: null,
    publicUrl: null,
    trustedProxies: 0,
    connectionsPerAddress: 256,
    routeMaxStalenessSeconds: 60,
    egressNetworks: [],
    unsafeAllowLoopback: false,
    metricsPort: null,
    metricsToken: null,
    logLevel: 'warn',
  });
});

test.for([
  ['PORT', '70000'],
  ['PORT', '4780 '],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
  ['DATABASE_POOL_SIZE', '0'],
  ['CORDBOARD_MASTER_KEY', 'hunter2'],
  ['CORDBOARD_PUBLIC_URL', 'numbers.example'],
  ['CORDBOARD_TRUSTED_PROXY', '-1'],
  ['CORDBOARD_CONNECTIONS_PER_ADDRESS', '0'],
  ['CORDBOARD_EGRESS_NETWORKS', 'hunter2'],
  ['CORDBOARD_EGRESS_NETWORKS', '10.0.0.5'],
  ['CORDBOARD_EGRESS_NETWORKS', '10.0.0.5/8'],
  ['CORDBOARD_EGRESS_NETWORKS', '10.0.0.0/33'],
  ['CORDBOARD_EGRESS_NETWORKS', '10/8'],
  ['CORDBOARD_EGRESS_NETWORKS', 'fd00::/8, 127.0.0.0/8'],
  ['CORDBOARD_EGRESS_NETWORKS', '0.0.0.0/0'],
  ['CORDBOARD_EGRESS_NETWORKS', '::/0'],
  ['CORDBOARD_EGRESS_NETWORKS', '169.254.0.0/16'],
  ['CORDBOARD_EGRESS_NETWORKS', '8.8.8.0/24'],
  ['CORDBOARD_EGRESS_NETWORKS', '::ffff:10.0.0.0/104'],
  ['CORDBOARD_UNSAFE_ALLOW_LOOPBACK', 'true'],
  ['CORDBOARD_UNSAFE_ALLOW_LOOPBACK', '0'],
  ['CORDBOARD_METRICS_PORT', '70000'],
  ['CORDBOARD_METRICS_TOKEN', 'hunter2'],
  ['LOG_LEVEL', 'hunter2'],
] as const)(
  '%s=%s stops the start with a line that names the variable and not the value',
  ([name, value]) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name} is not valid: it must be `));
    expect(read).not.toThrow(/hunter2/);
  },
);

test('a master key of 32 bytes is taken', () => {
  expect(readConfig({ CORDBOARD_MASTER_KEY: Buffer.alloc(32, 5).toString('base64') }).masterKey).toEqual(
    Buffer.alloc(32, 5),
  );
});

test('private networks are listed with commas or spaces, and one that is wrong is named by its place', () => {
  const listing = (text: string) => readConfig({ CORDBOARD_EGRESS_NETWORKS: text }).egressNetworks;
  expect(listing('10.20.0.0/16, 192.168.7.4/32 fd12:3456::/32,100.64.0.0/10')).toEqual([
    '10.20.0.0/16',
    '192.168.7.4/32',
    'fd12:3456::/32',
    '100.64.0.0/10',
  ]);
  expect(() => listing('10.0.0.0/8, 127.0.0.0/8')).toThrow(
    'CORDBOARD_EGRESS_NETWORKS is not valid: it must be private networks in CIDR notation, separated by commas; number 2 is not within a private network',
  );
});
