import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser.ts';

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
    // A trace of every test is a fifth of their time; `--trace retain-on-failure` makes one for whoever looks
    // for a fault.
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
  },
});
