import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// Nothing else of these differs between the themes.
const ofColour = ['color-contrast', 'link-in-text-block'];
// Nothing else differs with the width, but the colours of what is drawn otherwise then.
const ofWidth = ['target-size', 'scrollable-region-focusable', 'aria-hidden-focus'];

export const colorSchemes = ['light', 'dark'] as const;
const WIDE = 1440;
const otherWidths = [1024, 390];

const DRAWN = 'data-drawn-otherwise';

/**
 * Marks the texts that are drawn otherwise, in their colours or size, than whenever this page was looked at
 * before; whether there are any.
 */
const markDrawnOtherwise = (page: Page): Promise<boolean> =>
  page.evaluate((mark) => {
    const kept = window as { drawnTexts?: WeakMap<Element, Set<string>> };
    const drawn = (kept.drawnTexts ??= new WeakMap());
    let isAny = false;
    for (const element of document.body.querySelectorAll('*')) {
      element.removeAttribute(mark);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if ((!hasText && !('placeholder' in element)) || !element.checkVisibility()) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      let background = 'rgba(0, 0, 0, 0)';
      for (
        let at: Element | null = element;
        at !== null && background.endsWith(', 0)');
        at = at.parentElement
      )
        background = getComputedStyle(at).backgroundColor;
      const look = [color, background, fontSize, fontWeight].join(' ');
      const looks = drawn.get(element) ?? new Set();
      if (looks.has(look)) continue;
      drawn.set(element, looks.add(look));
      element.setAttribute(mark, '');
      isAny = true;
    }
    return isAny;
  }, DRAWN);

interface Asked {
  /** Which rules; undefined: all of WCAG 2.2 AA. */
  rules?: readonly string[];
  except?: readonly string[];
  /** The parts of the page to look at; undefined: all of it. */
  within?: string;
}

const expectNoViolation = async (page: Page, where: string, { rules, except, within }: Asked) => {
  // Legacy: no page of our own holds a frame, and the other way opens another page to add up what frames
  // found. What is in the page already is not sent there again.
  const isThere = await page.evaluate(() => 'axe' in window);
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) }).setLegacyMode().options({
    resultTypes: ['violations'],
    runOnly: rules === undefined ? { type: 'tag', values: wcag } : { type: 'rule', values: [...rules] },
    rules: Object.fromEntries((except ?? []).map((rule) => [rule, { enabled: false }])),
  });
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  const words = violations.map(
    ({ id, help, nodes }) =>
      `${where} ${id}: ${help}\n  ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary?.replaceAll('\n', ' ')}`).join('\n  ')}`,
  );
  expect(words.join('\n')).toBe('');
};

interface Look {
  /** The parts of a very long page whose colours stand for those of all. */
  sample?: string;
}

/** Our pages follow the system by an event, a frame later: axe must not begin before, and see some of both. */
const inScheme = async (page: Page, colorScheme: 'light' | 'dark'): Promise<void> => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction((wanted) => {
    const { theme = wanted } = document.documentElement.dataset;
    return theme === wanted;
  }, colorScheme);
};

/**
 * No violation of WCAG 2.2 AA that axe can see, in light and in dark; from a wide window also as the page is
 * at 1024 and 390 px.
 */
export const expectAccessible = async (page: Page, { sample }: Look = {}): Promise<void> => {
  const viewport = page.viewportSize() ?? { width: WIDE, height: 900 };
  const within = sample === undefined ? {} : { within: sample };
  await inScheme(page, 'light');
  await expectNoViolation(page, 'light', sample === undefined ? {} : { except: ofColour });
  if (sample !== undefined) await expectNoViolation(page, 'light', { rules: ofColour, ...within });
  await inScheme(page, 'dark');
  await expectNoViolation(page, 'dark', { rules: ofColour, ...within });
  await inScheme(page, 'light');
  if (viewport.width !== WIDE) return;
  if (sample === undefined) await markDrawnOtherwise(page);
  for (const width of otherWidths) {
    await page.setViewportSize({ ...viewport, width });
    await page.waitForFunction((wanted) => innerWidth === wanted, width);
    await expectNoViolation(page, `${width} px`, { rules: ofWidth });
    if (sample === undefined && (await markDrawnOtherwise(page)))
      await expectNoViolation(page, `${width} px`, { rules: ['color-contrast'], within: `[${DRAWN}]` });
  }
  await page.setViewportSize(viewport);
};
