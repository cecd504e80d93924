import type { Page, Route } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addHours } from '../../business-hours.ts';
import { addNumber } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';

/*
 * What a hand is about to press stays where it is. Each answer of the server, and each part of the console that is
 * fetched once it stands, is held back until all else has come to rest: then it comes alone, and nothing that can be
 * pressed may move.
 */

const QUIET_MS = 120;

const isPart = (route: Route) => new URL(route.request().url()).pathname.startsWith('/assets/');

const holdBack = async (page: Page) => {
  let held: Route[] = [];
  let [isLoaded, lastAt] = [false, 0];
  page.on('load', () => (isLoaded = true));
  await page.route(/\/(v1|v2|assets)\//, (route) => {
    const isStream = route.request().url().includes('/v1/changes');
    if (isStream || route.request().method() !== 'GET' || (isPart(route) && !isLoaded))
      return route.continue();
    lastAt = performance.now();
    held.push(route);
  });
  const atRest = async () => {
    await expect
      .poll(() => performance.now() - lastAt, { intervals: [QUIET_MS / 4] })
      .toBeGreaterThan(QUIET_MS);
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  };
  return {
    atRest,
    /** Lets all parts through, or else the oldest answer, and says what that was; null where nothing is held. */
    next: async (): Promise<string | null> => {
      const parts = held.filter(isPart);
      const through = parts.length > 0 ? parts : held.slice(0, 1);
      held = held.filter((route) => !through.includes(route));
      if (through.length === 0) return null;
      await Promise.all(
        through.map(async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response });
        }),
      );
      lastAt = performance.now();
      await atRest();
      return through
        .map((route) => new URL(route.request().url()))
        .map(({ pathname, search }) => pathname + search)
        .join(' ');
    },
  };
};

type Places = Record<string, { name: string; x: number; y: number }>;

/** Where everything stands that can be seen, and pressed or typed into. */
const placesOn = (page: Page): Promise<Places> =>
  page.evaluate(() => {
    const kept = window as { pressable?: WeakMap<Element, string>; pressables?: number };
    const ids = (kept.pressable ??= new WeakMap());
    const found: Places = {};
    for (const element of document.querySelectorAll('button, a[href], input, textarea, [role=tab]')) {
      const { x, y, width, height } = element.getBoundingClientRect();
      const isInSight = width > 0 && y < innerHeight && y + height > 0;
      if (!isInSight || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (!ids.has(element)) ids.set(element, String((kept.pressables = (kept.pressables ?? 0) + 1)));
      const name = element.getAttribute('aria-label') ?? element.parentElement?.textContent ?? '';
      found[ids.get(element) ?? ''] = { name, x: Math.round(x), y: Math.round(y) };
    }
    return found;
  });

const movedBetween = (before: Places, after: Places): string[] =>
  Object.entries(before).flatMap(([id, { name, x, y }]) => {
    const now = after[id];
    return now === undefined || (Math.abs(now.x - x) <= 1 && Math.abs(now.y - y) <= 1)
      ? []
      : [`${name.slice(0, 40)}: ${x},${y} → ${now.x},${now.y}`];
  });

for (const path of [
  '/numbers?provider=sip&q=WORD',
  '/numbers/NUMBER',
  '/numbers/NUMBER?tab=connection',
  '/numbers/NUMBER?tab=routing',
  '/numbers/NUMBER?tab=call-handling',
  '/numbers/NUMBER?tab=history',
  '/agents/AGENT',
  '/connections',
  '/findings',
  '/activity',
  '/imports/new',
  '/settings/operators',
])
  test(`nothing moves under the hand on ${path}`, async ({ signedInAs, api }) => {
    const word = unique('Still');
    const agent = await addAgent(api, `${word} agent`);
    const { business_hours_id: hours } = await addHours(api, word);
    const { _id: id } = await addNumber(api, 'sip', {
      friendly_name: word,
      inbound_agent_id: agent,
      labels: ['vip'],
      metadata: { crm: 'a-1' },
      notes: 'a note',
      routing: {
        business_hours_id: hours,
        rules: [{ name: 'Always', when: {}, destination: { type: 'agent', agent_id: agent } }],
      },
      temporary_reassignment: {
        agent_id: await addAgent(api, `${word} other`),
        direction: 'inbound',
        starts_at: new Date().toISOString(),
        ends_at: new Date(Date.now() + 86_400_000).toISOString(),
      },
    });
    if (path === '/connections')
      await api.send('POST', path.replace('/', '/v1/'), {
        kind: 'verbex',
        name: word,
        credentials: { api_key: 'not-checked' },
      });
    const address = path
      .replace('WORD', encodeURIComponent(word))
      .replace('NUMBER', id)
      .replace('AGENT', agent);
    for (const width of [1440, 390]) {
      const page = await signedInAs('admin');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      await page.clock.install();
      const hold = await holdBack(page);
      await page.goto(address);
      const moved: string[] = [];
      let [rounds, isOver] = [0, false];
      while (!isOver) {
        await hold.atRest();
        const before = await placesOn(page);
        let came = await hold.next();
        if (came === null) {
          isOver = true;
          came = 'a minute and a half';
          await page.clock.fastForward(90_000);
          await hold.atRest();
        } else rounds += 1;
        const those = movedBetween(before, await placesOn(page));
        if (those.length > 0) moved.push(`${width} px, after ${came}: ${those.join('; ')}`);
      }
      expect(rounds).toBeGreaterThan(1);
      expect.soft(moved.join('\n')).toBe('');
      await page.close();
    }
  });
