import { defineConfig } from '@playwright/test';
import { writeInMemory } from '#server/testing/memory-folder.ts';
import { launchOptions } from './browser.ts';

writeInMemory();

const inCi = process.env['CI'] === 'true';
const jsonReport = process.env['CORDBOARD_PLAYWRIGHT_REPORT'];

/** Each worker starts a server of its own, on a folder of its own: see fixtures.ts. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: inCi,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ...(jsonReport === undefined
      ? []
      : [['json', { outputFile: jsonReport }] as ['json', { outputFile: string }]]),
  ],
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    // A trace of every test is a fifth of their time, a picture a twelfth, for it is taken before it is known
    // whether the test fails; what failed is told in words. `--trace retain-on-failure` makes both.
    screenshot: 'off',
    actionTimeout: 20_000,
  },
});
