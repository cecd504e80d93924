import { expect, test } from 'vitest';
import { Problem } from '#server/http/problem.ts';
import { createAttempts } from './attempts.ts';

const wrong = () => Promise.reject(new Problem('invalid_credentials', 'wrong'));
const codeOf = (error: unknown) => (error instanceof Problem ? error.code : error);

const spend = async (attempts: ReturnType<typeof createAttempts>, address: string, tries: number) => {
  const codes = await Promise.all(Array.from({ length: tries }, () => attempts.attempt({ account: null, address }, wrong).catch(codeOf)));
  return codes.filter((code) => code === 'invalid_credentials').length;
};

test('an IPv6 network of one holder counts as one address, IPv4 in IPv6 clothes as IPv4', async () => {
  const attempts = createAttempts();
  expect(await spend(attempts, '2001:db8:1:2::1', 60)).toBe(60);
  expect(await spend(attempts, '2001:db8:1:2:ffff::9', 1)).toBe(0);
  expect(await spend(attempts, '2001:db8:1:3::1', 1)).toBe(1);
  expect(await spend(attempts, '::ffff:192.0.2.7', 60)).toBe(60);
  expect(await spend(attempts, '192.0.2.7', 1)).toBe(0);
});

test('a failure that is no verdict is not held against the caller', async () => {
  const attempts = createAttempts();
  const broken = () => Promise.reject(new Error('the database is away'));
  for (let i = 0; i < 100; i += 1) await expect(attempts.attempt({ account: 'a', address: '192.0.2.1' }, broken)).rejects.toThrow('away');
  expect(await attempts.attempt({ account: 'a', address: '192.0.2.1' }, async () => 'in')).toBe('in');
});

test('a right password gives back only its own attempt', async () => {
  const attempts = createAttempts();
  const attempt = { account: 'a', address: '192.0.2.1' };
  for (let i = 0; i < 9; i += 1) await attempts.attempt(attempt, wrong).catch(codeOf);
  expect(await attempts.attempt(attempt, async () => 'in')).toBe('in');
  expect(await attempts.attempt(attempt, wrong).catch(codeOf)).toBe('invalid_credentials');
  expect(await attempts.attempt(attempt, wrong).catch(codeOf)).toBe('too_many_attempts');
});

test('the first refusal of a window is told, the others are not', async () => {
  const attempts = createAttempts();
  let told = 0;
  const onFirst = async () => void (told += 1);
  await Promise.all(Array.from({ length: 50 }, () => attempts.attempt({ account: 'a', address: null }, wrong, onFirst).catch(codeOf)));
  expect(told).toBe(1);
});
