import { setTimeout as rest } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { cookiesOf } from '../fixtures.ts';
import type { Caller } from '../http.ts';

/** A phone on a slow line: CPU four times slower, 40 ms away, 10 Mbit/s both ways. */
const slowLine = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const CPU_SLOWDOWN = 4;
const SETTLE_MS = 1500;

export type Kind = 'script' | 'style' | 'font' | 'html' | 'data';

export interface FirstView {
  requests: number;
  /** Each of them: its size and address. */
  list: string[];
  /** Bytes on the wire, headers included. */
  bytes: Record<Kind, number>;
  /** From the start of the navigation to the first row on the screen. */
  firstRowMs: number;
  /** What each task took beyond 50 ms, added up, until the page had come to rest. */
  blockingMs: number;
}

const kindOf = (mimeType: string, type: string): Kind => {
  if (type === 'Script') return 'script';
  if (type === 'Stylesheet') return 'style';
  if (type === 'Font') return 'font';
  return type === 'Document' || mimeType === 'text/html' || mimeType.startsWith('image/') ? 'html' : 'data';
};

/** Adds up what crosses the line. A stream of events never ends, so its bytes count as they come. */
const countTransfer = async (session: CDPSession) => {
  const kinds = new Map<string, Kind>();
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    kinds.set(requestId, kindOf(response.mimeType, type));
    urls.set(requestId, response.url);
    sizes.set(requestId, response.encodedDataLength);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, (sizes.get(requestId) ?? 0) + encodedDataLength),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength),
  );
  return () => {
    const bytes: Record<Kind, number> = { script: 0, style: 0, font: 0, html: 0, data: 0 };
    for (const [id, kind] of kinds) bytes[kind] += sizes.get(id) ?? 0;
    const list = [...urls].map(
      ([id, url]) => `${((sizes.get(id) ?? 0) / 1000).toFixed(1).padStart(6)} kB  ${new URL(url).pathname}`,
    );
    return { requests: kinds.size, bytes, list };
  };
};

/** Runs in the page before anything of it: notes when the first row was painted, and every long task. */
const watch = () => {
  const seen = { firstRowMs: 0, blockingMs: 0 };
  Object.assign(window, { __seen: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.blockingMs += entry.duration - 50;
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelector('[role=grid] [role=row] a') === null) return void requestAnimationFrame(look);
    // This frame draws it; the next one begins after it is on the screen.
    requestAnimationFrame(() => (seen.firstRowMs = performance.now()));
  };
  requestAnimationFrame(look);
};

export const slowDown = async (page: Page): Promise<CDPSession> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slowLine);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return session;
};

/** One first view in a browser that has never been here, but is signed in. */
export const measureFirstView = async (browser: Browser, caller: Caller): Promise<FirstView> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookiesOf(caller));
  const page = await context.newPage();
  // The transformer of this source names functions by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(watch);
  const session = await slowDown(page);
  const transfer = await countTransfer(session);
  await page.goto(`${caller.url}/numbers`);
  // Nothing is asked of the page before it has come to rest: at this speed the asking alone takes a tenth of a
  // second. What it still does once it can be read belongs to it too.
  let seen = { firstRowMs: 0, blockingMs: 0 };
  for (let isShown = false; seen.firstRowMs === 0 || !isShown;) {
    isShown = seen.firstRowMs > 0;
    await rest(SETTLE_MS);
    seen = await page.evaluate(() => (window as unknown as { __seen: typeof seen }).__seen);
  }
  const { firstRowMs, blockingMs } = seen;
  const { requests, bytes, list } = transfer();
  await context.close();
  return { requests, bytes, list, firstRowMs, blockingMs };
};
