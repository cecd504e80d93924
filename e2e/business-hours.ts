import type { Page } from '@playwright/test';
import type { BusinessHours } from '#contract/business-hours.ts';
import { expect } from './fixtures.ts';
import { type Caller } from './http.ts';

/* What the stories about business hours have in common. */

export const nine = { start: '09:00', end: '17:00' };
export const weekdays = { days: [1, 2, 3, 4, 5], ...nine };
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const addHours = (api: Caller, name: string, more: object = {}) =>
  api.send<BusinessHours>('POST', '/v1/business-hours', {
    name,
    time_zone: 'Asia/Dhaka',
    weekly: [weekdays],
    exceptions: [],
    ...more,
  });

export const hoursCalled = async (api: Caller, name: string) => {
  const { business_hours } = await api.get<{ business_hours: BusinessHours[] }>('/v1/business-hours');
  return business_hours.find((hours) => hours.name === name);
};

export const openPage = async (page: Page) => {
  await page.goto('/business-hours');
  await expect(page.getByRole('heading', { name: 'Business hours', level: 1 })).toBeVisible();
};

export const openAdd = async (page: Page, name: string) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Add business hours' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add business hours' });
  await dialog.getByLabel('Name').fill(name);
  return dialog;
};

export const openEdit = async (page: Page, name: string) => {
  await openPage(page);
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit business hours' });
  await expect(dialog.getByRole('group', { name: 'Monday', exact: true })).toBeVisible();
  return dialog;
};

export const row = (page: Page, day: string) => page.getByRole('group', { name: day, exact: true });
export const interval = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/**
 * Where a time of a day lies on the screen. The track lies between the day's name and what can be done with
 * the day.
 */
export const pointAt = async (page: Page, day: string, hour: number) => {
  await row(page, day).scrollIntoViewIfNeeded();
  const [whole, add] = await Promise.all([
    row(page, day).boundingBox(),
    page.getByRole('button', { name: `Add an interval on ${day}` }).boundingBox(),
  ]);
  if (!whole || !add) throw new Error(`There is no ${day} on the screen.`);
  const [left, right] = [whole.x + 44, add.x - 8];
  return { x: left + (hour / 24) * (right - left), y: add.y + add.height / 2 };
};

export const drag = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
};
