import { expect } from 'vitest';
import type { z } from 'zod';
import { agentAnswerSchema, type Agent } from '#contract/agents.ts';
import { auditEventListSchema, type AuditEvent } from '#contract/audit-events.ts';
import { businessHoursSchema, type BusinessHours } from '#contract/business-hours.ts';
import { problemSchema, type ProblemCode, type ProblemDetails } from '#contract/errors.ts';
import { phoneNumberListSchema, type PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { phoneNumberSchema, type PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Caller, TestAnswer } from './test-app.ts';

// What the tests of numbers and agents begin with. Every answer is read by the contract's own schema.

let given = 0;

/** A Bangladeshi mobile number no other test of this run has. */
export const anyNumber = (): string => `+880171${String(++given).padStart(7, '0')}`;

const read = <S extends z.ZodType>(schema: S, { body }: TestAnswer<unknown>): z.output<S> =>
  schema.parse(body);

export const addNumber = async (as: Caller, body: Record<string, unknown> = {}): Promise<PhoneNumber> => {
  const answer = await as.request('POST', '/v1/phone-numbers', {
    body: { phone_number: anyNumber(), provider: 'pia', ...body },
  });
  expect(answer.body).toMatchObject({ _id: expect.any(String) as string });
  expect(answer.status).toBe(201);
  return read(phoneNumberSchema, answer);
};

export const getNumber = async (as: Caller, id: string): Promise<PhoneNumber> => {
  const answer = await as.request('GET', `/v1/phone-numbers/${id}`);
  expect(answer.status).toBe(200);
  return read(phoneNumberSchema, answer);
};

export const patchNumber = async (
  as: Caller,
  id: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<PhoneNumber> => {
  const answer = await as.request('PATCH', `/v1/phone-numbers/${id}`, { body, headers });
  expect(answer).toMatchObject({ status: 200 });
  return read(phoneNumberSchema, answer);
};

/** A list is a parameter that is repeated. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export const searchOf = (query: Query): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  ).toString();

export const listNumbers = async (as: Caller, query: Query = {}): Promise<PhoneNumberList> => {
  const answer = await as.request('GET', `/v1/phone-numbers?${searchOf(query)}`);
  expect(answer).toMatchObject({ status: 200 });
  return read(phoneNumberListSchema, answer);
};

/** The ids of every page, one after another. */
export const walkList = async (
  as: Caller,
  query: Query,
  between: () => Promise<void> = async () => {},
): Promise<string[]> => {
  const ids: string[] = [];
  let token: string | null = null;
  do {
    const page: PhoneNumberList = await listNumbers(as, {
      ...query,
      ...(token !== null && { page_token: token }),
    });
    ids.push(...page.phone_numbers.map(({ _id }) => _id));
    token = page.next_page_token;
    if (token !== null) await between();
  } while (token !== null);
  return ids;
};

export const addAgent = async (as: Caller, name: string): Promise<Agent> => {
  const answer = await as.request('POST', '/v2/ai-agents', { body: { agent_name: name } });
  expect(answer).toMatchObject({ status: 201 });
  return read(agentAnswerSchema, answer).data;
};

/** Mon–Fri 9–17 in Dhaka, unless told otherwise. */
export const addHours = async (as: Caller, body: Record<string, unknown> = {}): Promise<BusinessHours> => {
  const weekly = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }];
  const answer = await as.request('POST', '/v1/business-hours', {
    body: { name: `Hours ${++given}`, time_zone: 'Asia/Dhaka', weekly, ...body },
  });
  expect(answer).toMatchObject({ status: 201 });
  return read(businessHoursSchema, answer);
};

export const getHours = async (as: Caller, id: string): Promise<BusinessHours> =>
  read(businessHoursSchema, await as.request('GET', `/v1/business-hours/${id}`));

export const getAgent = async (as: Caller, id: string): Promise<Agent> =>
  read(agentAnswerSchema, await as.request('GET', `/v2/ai-agents/${id}`)).data;

export const putAgent = async (as: Caller, id: string, body: Record<string, unknown>): Promise<Agent> => {
  const answer = await as.request('PUT', `/v2/ai-agents/${id}`, { body });
  expect(answer).toMatchObject({ status: 200 });
  return read(agentAnswerSchema, answer).data;
};

export const historyOf = async (as: Caller, id: string): Promise<AuditEvent[]> =>
  read(auditEventListSchema, await as.request('GET', `/v1/phone-numbers/${id}/history?page_size=100`))
    .audit_events;

/** The answer is this problem, in the contract's form. */
export const expectProblem = (
  answer: TestAnswer<unknown>,
  status: number,
  code: ProblemCode,
): ProblemDetails => {
  expect(answer.body).toMatchObject({ code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return read(problemSchema, answer);
};

export const pointersOf = (problem: ProblemDetails): string[] =>
  (problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).toSorted();

/** How many answers have each status. */
export const tally = (answers: readonly TestAnswer<unknown>[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
