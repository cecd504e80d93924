import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, grid, openList, rowWith, unique } from '../../numbers.ts';

test('the pages before the shell are accessible', async ({ stranger: page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expectAccessible(page);
});

test('the list is accessible: full, with its menus, and empty', async ({ signedInAs, api }) => {
  const word = unique('Reachable');
  const agent = await addAgent(api, `${word} agent`);
  const retired = await addAgent(api, `${word} retired`);
  await addNumber(api, 'sip', {
    friendly_name: `${word} sip`,
    inbound_agent_id: agent,
    outbound_agent_id: retired,
    labels: ['production', 'vip'],
  });
  await addNumber(api, 'twilio', { friendly_name: `${word} twilio` });
  await addNumber(api, 'pia', { friendly_name: `${word} pia` });
  await api.send('PUT', `/v2/ai-agents/${retired}`, { agent_status: 'retired' });
  const page = await signedInAs('operator');
  await openList(page, word);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await expectAccessible(page);

  await rowWith(page, `${word} sip`)
    .getByRole('button', { name: /^Inbound/ })
    .click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.goto('/numbers?q=nothing-is-called-this');
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  await expectAccessible(page);
});

// The tabs that all share are looked at once.
for (const provider of ['sip', 'twilio', 'pia'] as const)
  test(`the sheet of a ${provider} number is accessible`, async ({ signedInAs, api }) => {
    const { _id: id } = await addNumber(api, provider, {
      friendly_name: unique('Sheet'),
      labels: ['vip'],
      metadata: { crm: 'a-1' },
      notes: 'a note',
    });
    const page = await signedInAs('operator');
    await page.goto(`/numbers/${id}`);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('textbox').first()).toBeVisible();
    const own = provider === 'sip' ? /./ : 'Connection';
    for (const tab of await dialog.getByRole('tab', { name: own }).all()) {
      await tab.click();
      await expectAccessible(page);
    }
  });

test('adding a number is accessible', async ({ signedInAs }) => {
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
});

for (const [path, role] of [
  ['/agents', 'operator'],
  ['/activity', 'admin'],
  ['/settings/account', 'admin'],
  ['/settings/operators', 'admin'],
  ['/settings/api-keys', 'admin'],
  ['/settings/limits', 'admin'],
  ['/settings/appearance', 'viewer'],
  ['/nothing-is-here', 'viewer'],
] as const)
  test(`${path} is accessible`, async ({ signedInAs, api }) => {
    await addAgent(api, unique('Page'));
    const page = await signedInAs(role);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
    await page.waitForLoadState('networkidle').catch(() => {});
    await expectAccessible(page);
  });

for (const guide of ['operations', 'runtime', 'security'])
  test(`/docs/${guide} is accessible`, async ({ stranger: page }) => {
    await page.goto('/docs');
    await page.getByRole('navigation', { name: 'Documentation' }).locator(`[href="/docs/${guide}"]`).click();
    await expect(page.locator('[aria-current="page"]')).toHaveAttribute('href', `/docs/${guide}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });

// As long as a book: of its sections, which are all made alike, the colours of some are judged.
test('/docs is accessible', async ({ stranger: page }) => {
  await page.goto('/docs');
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
  await expectAccessible(page, {
    sample:
      'nav, .endpoint:nth-of-type(9n + 1), .shape:nth-of-type(20n + 1), #problems h2, #problems tr:nth-child(9n + 1)',
  });
});

test('the dialogs are accessible', async ({ signedInAs, api }) => {
  const name = unique('Dialog');
  await addAgent(api, name);
  const page = await signedInAs('admin');
  await page.goto('/agents?add=1');
  await expect(page.getByRole('dialog', { name: 'Add agent' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/agents?q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Add API key' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/numbers');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await expectAccessible(page);
});

test('a fault that one width or one theme alone has is caught', async ({ page }) => {
  const lookAt = async (css: string) => {
    await page.goto('about:blank');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.setContent(
      `<!doctype html><html lang="en"><head><title>Planted</title><style>
        body { color: #111; background: #fff } button { margin: 40px; width: 60px; height: 60px } ${css}
      </style></head><body><main><h1>Planted</h1><p>Words</p><button>One</button><button>Two</button></main></body></html>`,
    );
    return expectAccessible(page);
  };
  await lookAt('');
  const narrow = '@media (max-width: 400px)';
  const middle = '@media (min-width: 1000px) and (max-width: 1100px)';
  await expect(lookAt(`${narrow} { p { color: #ccc } }`)).rejects.toThrow('390 px color-contrast');
  await expect(lookAt(`${middle} { body { background: #444 } }`)).rejects.toThrow('1024 px color-contrast');
  await expect(
    lookAt(`${middle} { button { width: 9px; height: 9px; padding: 0; margin: 0; font-size: 1px } }`),
  ).rejects.toThrow('1024 px target-size');
  await expect(lookAt('@media (prefers-color-scheme: dark) { p { color: #ccc } }')).rejects.toThrow(
    'dark color-contrast',
  );
});
