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
