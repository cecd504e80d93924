import { describe, expect } from 'vitest';
import { test, type TestApp } from '#server/testing/test-app.ts';
import { addAgent, addNumber, listNumbers } from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';

const giveNumbers = async (cordboard: TestApp) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: oscar } = await addAgent(as, 'Óscar · Ventas');
  await addNumber(as, {
    phone_number: '+442079460018',
    friendly_name: 'London front desk',
    ...trunk,
    sip_trunk_username: 'eu_edge',
  });
  await addNumber(as, {
    phone_number: '+14155552671',
    friendly_name: 'São Paulo 100%',
    inbound_agent_id: oscar,
    ...twilioAccount,
  });
  await addNumber(as, { phone_number: '+8801711000001', friendly_name: 'ঢাকা অফিস', outbound_agent_id: oscar });
  await addNumber(as, { phone_number: '+8613800138000', friendly_name: '北京' });
  await addNumber(as, { phone_number: '+4930123456' });
  return async (q: string) => {
    const list = await listNumbers(as, { q, sort: 'phone_number', include: 'total' });
    expect(list.total_count).toBe(list.phone_numbers.length);
    return list.phone_numbers.map(({ phone_number: number }) => number.slice(0, 4));
  };
};
const [uk, us, bd, cn, de] = ['+442', '+141', '+880', '+861', '+493'];

describe('search', () => {
  test('finds a trunk by its host and port, not by the rest of its address', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await addNumber(as, {
      ...trunk,
      sip_termination_uri: 'sips:desk@edge.carrier.example:5061;transport=tls;edge=dublin',
    });
    const countOf = async (q: string) => (await listNumbers(as, { q })).phone_numbers.length;
    for (const q of ['edge.carrier', 'carrier.example:5061']) expect([q, await countOf(q)]).toEqual([q, 1]);
    for (const q of ['sips', 'desk', 'transport', 'dublin']) expect([q, await countOf(q)]).toEqual([q, 0]);
  });

  test('finds a number however it is written', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    for (const q of [
      '+44 20 7946 0018',
      '00442079460018',
      '0044 20',
      '020 7946 0018',
      '(020) 7946-0018',
      '2079460018',
      '7946 0018',
      '+44',
      '794',
    ])
      expect([q, await found(q)]).toEqual([q, [uk]]);
    expect(await found('415-555')).toEqual([us]);
    expect(await found('0171')).toEqual([bd]);
    expect(await found('+9')).toEqual([]);
  });

  test('finds text without regard to case and accents, in any order of words', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    expect(await found('LONDON')).toEqual([uk]);
    expect(await found('desk lon')).toEqual([uk]);
    expect(await found('desk lon paris')).toEqual([]);
    expect(await found('sao paulo')).toEqual([us]);
    expect(await found('São')).toEqual([us]);
    expect(await found('ঢাকা')).toEqual([bd]);
    expect(await found('carrier.example')).toEqual([uk]);
    expect(await found('carrier.example:5060')).toEqual([uk]);
    expect(await found('AC0000')).toEqual([us]);
    expect(await found('global')).toEqual([]);
  });

  test('finds numbers by the name of either agent', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    expect(await found('óscar')).toEqual([us, bd]);
    expect(await found('Oscar · Ventas')).toEqual([us, bd]);
    expect(await found('ventas paulo')).toEqual([us]);
  });

  test('finds numbers by their labels', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await addNumber(as, { phone_number: '+4930123456', labels: ['Overflow', 'VIP desk', 'bd'] });
    const countOf = async (q: string) => (await listNumbers(as, { q })).phone_numbers.length;
    for (const q of ['overflow', 'verfl', 'vip', 'VI', 'de', 'bd', 'desk over', 'de vi'])
      expect([q, await countOf(q)]).toEqual([q, 1]);
    for (const q of ['flow desk x', 'ip', 'es']) expect([q, await countOf(q)]).toEqual([q, 0]);
  });

  test('takes one or two characters as the beginning of any word of the name', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    const as = cordboard.as('operator');
    await addNumber(as, {
      phone_number: '+33612345678',
      friendly_name: 'after-hours (Zürich) AT&T 7',
      ...trunk,
      sip_trunk_username: 'qx',
    });
    const fr = '+336';
    for (const q of ['f', 'fr', 'de', 'd', 'lo de', 'de lo', 'desk lo', 'fr don'])
      expect([q, await found(q)]).toEqual([q, [uk]]);
    for (const q of ['af', 'ho', 'zu', 'zu ho', 't', 'ho hours 7', 'at&'])
      expect([q, await found(q)]).toEqual([q, [fr]]);
    for (const q of ['pa', 'sa pa', 'pa sa', 'ventas pa', 've pa'])
      expect([q, await found(q)]).toEqual([q, [us]]);
    expect(await found('অফ')).toEqual([bd]);
    expect(await found('ve')).toEqual([us, bd]);
    expect(await found('hours 8')).toEqual([]);
    // The words of addresses, users and accounts are none that people look for by their beginnings.
    for (const q of ['qx', 'ac', 'ca', 'ex', 'eu', 'rs', 'lo on'])
      expect([q, await found(q)]).toEqual([q, []]);
  });

  test('takes one or two characters as a beginning', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    expect(await found('lo')).toEqual([uk]);
    expect(await found('on')).toEqual([]);
    expect(await found('49')).toEqual([de]);
    expect(await found('4')).toEqual([uk, de]);
    expect(await found('8')).toEqual([cn, bd]);
    expect(await found('北')).toEqual([cn]);
    expect(await found('os')).toEqual([us, bd]);
  });

  test('takes the signs of patterns as themselves', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    expect(await found('100%')).toEqual([us]);
    expect(await found('eu_edge')).toEqual([uk]);
    expect(await found('eu-edge')).toEqual([]);
    expect(await found('%%%')).toEqual([]);
    expect(await found('___')).toEqual([]);
    expect(await found('\\\\\\')).toEqual([]);
    expect(await found("'; drop table phone_number; --")).toEqual([]);
  });

  test('of nothing but blanks is no search', async ({ cordboard }) => {
    const found = await giveNumbers(cordboard);
    expect(await found('  ')).toHaveLength(5);
    expect(await found('\u0000')).toHaveLength(5);
  });
});
