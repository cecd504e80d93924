import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { findRecord, listsKey, newestVersion, oneKey, putRecord, showChange } from './records.ts';
import { sipNumber, twilioNumber } from '#client/features/number-fields/testing.ts';

const page = [...listsKey, { sort: 'phone_number' }, 0];
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData<PhoneNumberList>(page, {
    phone_numbers: [sipNumber(), twilioNumber()],
    next_page_token: null,
  });
  client.setQueryData<PhoneNumber>(oneKey(sipNumber()._id), sipNumber());
});

const inList = () => client.getQueryData<PhoneNumberList>(page)?.phone_numbers[0];
const inSheet = () => client.getQueryData<PhoneNumber>(oneKey(sipNumber()._id));

test('a record that was read anew replaces every copy in its place', () => {
  putRecord(client, sipNumber({ version: 4, friendly_name: 'New' }));
  expect(inList()?.friendly_name).toBe('New');
  expect(inSheet()?.friendly_name).toBe('New');
  expect(client.getQueryData<PhoneNumberList>(page)?.phone_numbers).toHaveLength(2);
});

test('an answer that comes late and is older changes nothing', () => {
  putRecord(client, sipNumber({ version: 5, friendly_name: 'Newest' }));
  putRecord(client, sipNumber({ version: 4, friendly_name: 'Late' }));
  expect(inList()?.friendly_name).toBe('Newest');
});

test('a number that is shown nowhere is not put anywhere', () => {
  const stranger = sipNumber({ _id: 'stranger' });
  putRecord(client, stranger);
  expect(findRecord(client, 'stranger')).toBeUndefined();
});

test('a change is shown at once and taken back when it is refused', () => {
  const end = showChange(client, sipNumber(), { inbound_agent_id: 'night' });
  expect(inList()?.inbound_agent_id).toBe('night');
  expect(inSheet()?.inbound_agent_id).toBe('night');
  end();
  expect(inList()).toEqual(sipNumber());
});

test('of two changes on their way, the first answer does not take the second back', () => {
  const endFirst = showChange(client, sipNumber(), { inbound_agent_id: 'night' });
  const endSecond = showChange(client, sipNumber(), { outbound_agent_id: 'ben' });
  putRecord(client, sipNumber({ version: 4, inbound_agent_id: 'night' }));
  endFirst();
  expect(inList()).toMatchObject({ version: 4, inbound_agent_id: 'night', outbound_agent_id: 'ben' });
  expect(newestVersion(client, sipNumber())).toBe(4);
  endSecond();
  expect(inList()).toMatchObject({ version: 4, inbound_agent_id: 'night', outbound_agent_id: null });
});

test('what someone else saved meanwhile survives a change that is refused', () => {
  const end = showChange(client, sipNumber(), { inbound_agent_id: 'night' });
  putRecord(client, sipNumber({ version: 4, inbound_agent_id: 'dev', friendly_name: 'Theirs' }));
  expect(inList()).toMatchObject({ inbound_agent_id: 'night', friendly_name: 'Theirs' });
  end();
  expect(inList()).toMatchObject({ inbound_agent_id: 'dev', friendly_name: 'Theirs', version: 4 });
});
