import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { grid, rowWith } from './numbers.ts';

/* What the stories about many numbers at once have in common. */

export const bar = (page: Page) => page.getByRole('region', { name: 'Selected numbers' });
export const box = (page: Page, text: string) => rowWith(page, text).getByRole('checkbox');
export const selected = (page: Page) => grid(page).getByRole('row', { selected: true });

/** The preview, once it is judged: its button is there. */
export const preview = async (page: Page, button: string | RegExp) => {
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: button })).toBeVisible();
  return dialog;
};

/** Runs what the preview shows, and waits until it has ended, as its toast says. */
export const run = async (page: Page, button: string | RegExp, ended: string) => {
  const dialog = await preview(page, button);
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toHaveCount(0);
  await expect(toast(page, ended)).toBeVisible();
};

export const toast = (page: Page, words: string) =>
  page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: words });
