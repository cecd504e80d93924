import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Caller } from './http.ts';

/* What the stories about the list of numbers have in common. */

export const grid = (page: Page) => page.getByRole('grid', { name: 'Phone numbers' });

/** The row that shows this text. */
export const rowWith = (page: Page, text: string) => grid(page).getByRole('row').filter({ hasText: text });

/** The list narrowed to what a test has made, so that no test sees another's numbers. */
export const openList = async (page: Page, q: string, more = '') => {
  await page.goto(`/numbers?q=${encodeURIComponent(q)}${more}`);
  await expect(rowWith(page, q).first()).toBeVisible();
};

let made = 0;
/** A word nothing else in this run contains. */
export const unique = (word: string) =>
  `${word} ${test.info().workerIndex}${(++made).toString(36)}${Date.now().toString(36).slice(-4)}`;

export const addAgent = async (api: Caller, name: string): Promise<string> =>
  (await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', { agent_name: name })).data
    .ai_agent_id;

/**
 * The row's dropdown, opened, narrowed by typing, and chosen with Enter: as a hand on the keyboard does it.
 */
export const assign = async (page: Page, row: string, direction: 'Inbound' | 'Outbound', typed: string) => {
  await rowWith(page, row)
    .getByRole('button', { name: new RegExp(`^${direction} agent: `) })
    .click();
  const menu = page.getByRole('dialog', { name: `Choose the ${direction.toLowerCase()} agent` });
  await menu.getByRole('combobox').fill(typed);
  await expect(menu.getByRole('option').first()).toContainText(typed, { ignoreCase: true });
  await menu.getByRole('combobox').press('Enter');
  await expect(menu).toHaveCount(0);
};

/** One number's sheet, opened by its address. */
export const openSheet = async (page: Page, id: string, tab?: 'Connection' | 'History') => {
  await page.goto(`/numbers/${id}`);
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('tab', { name: 'General' })).toBeVisible();
  if (tab) await sheet.getByRole('tab', { name: tab }).click();
  return sheet;
};

export const saved = async (page: Page) => {
  await expect(page.getByRole('dialog').getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0);
};
