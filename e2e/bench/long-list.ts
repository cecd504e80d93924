import type { Browser } from '@playwright/test';
import { cookiesOf } from '../fixtures.ts';
import type { Caller } from '../http.ts';
import { slowDown } from './first-view.ts';

export interface LongList {
  rows: number;
  heapMegabytes: number;
  elements: number;
  /** What 95 % of the frames took at most while scrolling, jumps included, with the CPU four times slower. */
  frameP95Ms: number;
  isLastRowReached: boolean;
}

/** Runs in the page: six seconds of scrolling by the wheel's steps, with a jump every second. */
const scroll = async () => {
  const grid = document.querySelector('[role=grid]');
  if (!(grid instanceof HTMLElement)) throw new Error('There is no grid');
  const frames: number[] = [];
  let last = performance.now();
  const endsAt = last + 6000;
  let jumpAt = last + 1000;
  while (last < endsAt) {
    if (last >= jumpAt) {
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * ((frames.length * 0.381966) % 1);
      jumpAt += 1000;
    } else grid.scrollTop += 120;
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    frames.push(now - last);
    last = now;
  }
  return frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0;
};

export const measureLongList = async (browser: Browser, caller: Caller): Promise<LongList> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookiesOf(caller));
  const page = await context.newPage();
  const session = await slowDown(page);
  await page.goto(`${caller.url}/numbers?sort=phone_number`);
  const grid = page.getByRole('grid');
  await grid.getByRole('link').first().waitFor();
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const frameP95Ms = await page.evaluate(scroll);

  await grid.getByRole('link').first().focus();
  await page.keyboard.press('Control+End');
  const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const isLastRowReached = await grid
    .locator(`[aria-rowindex="${rows + 1}"] a`)
    .waitFor({ timeout: 10_000 })
    .then(
      () => true,
      () => false,
    );
  await context.close();
  return { rows, heapMegabytes: usedSize / 1e6, elements, frameP95Ms, isLastRowReached };
};
