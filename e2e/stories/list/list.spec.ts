import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, grid, openList, rowWith, unique } from '../../numbers.ts';

test('searching finds by number, label, agent and trunk, and stands in the address', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Khulna');
  const agent = await addAgent(api, `${word} agent`);
  const byLabel = await addNumber(api, 'pia', { friendly_name: `${word} sales` });
  const byTrunk = await addNumber(api, 'sip', {
    friendly_name: 'other',
    sip_termination_uri: `${word.replaceAll(' ', '-').toLowerCase()}.carrier.example`,
  });
  const byAgent = await addNumber(api, 'pia', { friendly_name: 'other', inbound_agent_id: agent });
  const page = await signedInAs('viewer');
  await page.goto('/numbers');
  const search = page.getByRole('searchbox', { name: 'Search numbers' });
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();

  for (const [typed, found] of [
    [`${word} SALES`, byLabel],
    [`${word.replaceAll(' ', '-').toLowerCase()}.carrier`, byTrunk],
    [`${word} agent`, byAgent],
    [byTrunk.phone_number.slice(1), byTrunk],
    [byTrunk.phone_number_international, byTrunk],
  ] as const) {
    await search.fill(typed);
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
    await expect(rowWith(page, found.phone_number_international)).toBeVisible();
    await expect(page).toHaveURL(
      new RegExp(`q=${encodeURIComponent(typed).replaceAll('%20', '\\+').replaceAll('.', '\\.')}`),
    );
  }
  await page.reload();
  await expect(search).toHaveValue(byTrunk.phone_number_international);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');

  await search.fill('nothing is called this');
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(search).toHaveValue('');
  await expect(rowWith(page, word).first()).toBeVisible();
});

test('filters narrow together, each has its way out, and the address brings them back', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Filter');
  const agent = await addAgent(api, `${word} agent`);
  await addNumber(api, 'sip', {
    friendly_name: `${word} one`,
    sip_infra_region: 'bd_link3',
    inbound_agent_id: agent,
  });
  await addNumber(api, 'sip', { friendly_name: `${word} two`, sip_infra_region: 'global' });
  await addNumber(api, 'twilio', { friendly_name: `${word} three`, outbound_agent_id: agent });
  const page = await signedInAs('viewer');
  await openList(page, word);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');

  await page.getByRole('button', { name: 'Provider: any' }).click();
  await page.getByRole('option', { name: 'SIP trunk' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('option', { name: 'Trunk region' }).click();
  await page.getByRole('option', { name: /Link3/ }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(rowWith(page, `${word} one`)).toBeVisible();
  await expect(page).toHaveURL(/provider=sip.*region=bd_link3/);

  await page.reload();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: 'Remove the filter Trunk region' }).click();
  await page.getByRole('button', { name: 'Remove the filter Provider' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');

  await page.getByRole('button', { name: 'Filter by agent' }).click();
  await page.getByRole('combobox').fill(word);
  await page.getByRole('option', { name: new RegExp(`${word} agent`) }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(page.getByRole('button', { name: `Agent: ${word} agent` })).toBeVisible();
  await page.getByRole('button', { name: 'Outbound', exact: true }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(page).toHaveURL(/outbound_agent_id=/);
});

for (const width of [1440, 1024, 390])
  test(`what comes late beside the filters does not move them at ${width} px`, async ({
    signedInAs,
    api,
  }) => {
    const word = unique('Late');
    await addNumber(api, 'sip', { friendly_name: word, sip_infra_region: 'bd_link3' });
    const page = await signedInAs('viewer');
    await page.setViewportSize({ width, height: 800 });
    const later = new Map<string, () => void>();
    for (const [name, url] of [
      ['rows', /\/v1\/phone-numbers\?/],
      ['views', /\/v1\/views/],
    ] as const) {
      const isLetThrough = new Promise<void>((letThrough) => later.set(name, letThrough));
      await page.route(url, async (route) => {
        await isLetThrough;
        await route.continue();
      });
    }
    await page.goto(`/numbers?q=${encodeURIComponent(word)}&provider=sip&region=bd_link3`);
    const remove = page.getByRole('button', { name: /^Remove the filter/ });
    await expect(remove).toHaveCount(2);
    const places = () => Promise.all([remove.first().boundingBox(), remove.last().boundingBox()]);
    const before = await places();

    later.get('rows')!();
    await expect(rowWith(page, word)).toBeVisible();
    expect(await places()).toEqual(before);
    later.get('views')!();
    await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible();
    expect(await places()).toEqual(before);
  });

test('a column sorts, turns round, and says so', async ({ signedInAs, api }) => {
  const word = unique('Sort');
  for (const name of ['b', 'c', 'a']) await addNumber(api, 'pia', { friendly_name: `${word} ${name}` });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const order = async () =>
    (await rowWith(page, word).allTextContents())
      .map((text) => new RegExp(`${word} (.)`).exec(text)?.[1])
      .join('');
  await expect.poll(order).toBe('acb');
  await page.getByRole('columnheader', { name: 'Name', exact: true }).getByRole('button').click();
  await expect.poll(order).toBe('abc');
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await page.getByRole('columnheader', { name: 'Name', exact: true }).getByRole('button').click();
  await expect.poll(order).toBe('cba');
  await expect(page).toHaveURL(/sort=-friendly_name/);
  await page.reload();
  await expect.poll(order).toBe('cba');
});

test('the keyboard alone finds, walks and opens, and comes back to its row', async ({ signedInAs, api }) => {
  const word = unique('Keys');
  for (const name of ['a', 'b', 'c']) await addNumber(api, 'pia', { friendly_name: `${word} ${name}` });
  const page = await signedInAs('operator');
  await page.goto('/numbers?sort=friendly_name');
  const search = page.getByRole('searchbox', { name: 'Search numbers' });
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await expect(rowWith(page, `${word} a`).getByRole('link')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(rowWith(page, `${word} c`).getByRole('link')).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/numbers\/\w+\?q=/);
  await expect(page.getByRole('dialog')).toContainText(`${word} b`);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/\/numbers\?q=/);
  await expect(rowWith(page, `${word} b`).getByRole('link')).toBeFocused();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(`${word} c`);
  await page.getByRole('option', { name: new RegExp(`${word} c`) }).waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText(`${word} c`);
});

test('a line over the rows says that they are of the question before, and goes with the answer', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Oldrows');
  await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const line = () => grid(page).evaluate((element) => getComputedStyle(element, '::before').content);
  expect(await line()).toBe('none');
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/v1/phone-numbers?*', async (route) => {
    await held;
    await route.fallback();
  });
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(`${word} x`);
  await expect.poll(line).toBe('""');
  answer();
  await expect(page.getByText('Nothing matches', { exact: false })).toBeVisible();
});
