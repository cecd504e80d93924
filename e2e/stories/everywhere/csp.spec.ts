import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, rowWith, unique } from '../../numbers.ts';

const violationsOf = (page: Page) => {
  const seen: string[] = [];
  page.on(
    'console',
    (message) => /Content.Security.Policy|Refused to/i.test(message.text()) && seen.push(message.text()),
  );
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return seen;
};

test('every page is served under a policy that runs no script but our own, and none breaks it', async ({
  signedInAs,
}) => {
  const page = await signedInAs('admin');
  const seen = violationsOf(page);
  for (const path of [
    '/numbers',
    '/numbers/new',
    '/agents',
    '/activity',
    '/settings/account',
    '/settings/operators',
    '/settings/api-keys',
    '/settings/limits',
    '/settings/appearance',
    '/docs',
    '/docs/operations',
    '/docs/runtime',
    '/docs/security',
  ]) {
    const response = await page.goto(path);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    expect(policy, path).toMatch(/frame-ancestors 'none'/);
    expect(response?.headers()['x-content-type-options'], path).toBe('nosniff');
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  }
  expect(seen).toEqual([]);
});

test('hostile text is shown as the text it is', async ({ signedInAs, api }) => {
  const page = await signedInAs('admin');
  const seen = violationsOf(page);
  const word = unique('Hostile');
  const attacks = [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    '=HYPERLINK("http://x")',
    '{{7*7}}',
    'javascript:alert(1)',
  ];
  const agent = await addAgent(api, `${word} <b>agent</b>`);
  for (const attack of attacks)
    await addNumber(api, 'sip', {
      friendly_name: `${word} ${attack}`,
      sip_trunk_username: attack,
      labels: [attack.slice(0, 40)],
      notes: attack,
      metadata: { note: attack },
      inbound_agent_id: agent,
    });
  // What turns the text behind it round is no part of a name; notes keep it, and it turns nothing but them.
  const turned = '\u202Egnp.exe';
  await expect(addNumber(api, 'sip', { friendly_name: `${word} ${turned}` })).rejects.toThrow(
    'control_characters',
  );
  const { _id: id } = await addNumber(api, 'pia', {
    friendly_name: `${word} turned`,
    notes: turned,
    metadata: { note: turned },
  });
  await page.goto(`/numbers/${id}`);
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Notes' })).toHaveValue(turned);
  await page.goto(`/numbers?q=${encodeURIComponent(word)}`);
  for (const attack of attacks) await expect(rowWith(page, attack)).toBeVisible();
  await rowWith(page, attacks[0] ?? '')
    .getByRole('link')
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goto('/activity');
  await page.getByRole('button', { name: 'Show each' }).first().click();
  await expect(page.getByText(attacks[1] ?? '').first()).toBeVisible();
  await page.goto(`/numbers?q=${encodeURIComponent(attacks[1] ?? '')}`);
  await expect(rowWith(page, attacks[1] ?? '').first()).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll('img[src=x]').length)).toBe(0);
  expect(seen).toEqual([]);
});
