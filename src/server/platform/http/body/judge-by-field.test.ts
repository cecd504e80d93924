import { expect, test } from 'vitest';
import { businessHoursCreateSchema } from '#contract/business-hours.ts';
import { phoneNumberCreateSchema, phoneNumberPatchSchemas } from '#contract/numbers/phone-numbers.ts';
import { routePreviewRequestSchema } from '#contract/numbers/route.ts';
import type { z } from 'zod';
import {
  largestHours,
  largestMessage,
  largestPhoneNumber,
  largestPreview,
  largestRouting,
} from '#server/testing/largest-bodies.ts';
import { judge, judgeByField } from './judge-by-field.ts';
import { fieldErrors } from '#server/problem.ts';

const actor = { kind: 'system', id: null, name: 'Test' } as const;
const agent = 'a'.repeat(24);
const number = largestPhoneNumber('+12025550123', agent, 'f'.repeat(24));
const wrongRouting = { ...largestRouting(largestMessage, null), fallback: { type: 'x' } };

test.for<[string, z.ZodType, unknown]>([
  ['the largest number', phoneNumberCreateSchema, number],
  ['with a field too many', phoneNumberCreateSchema, { ...number, colour: 'blue' }],
  ['with one of another provider', phoneNumberCreateSchema, { ...number, twilio_account_sid: 'x' }],
  [
    'wrong in several fields',
    phoneNumberCreateSchema,
    { ...number, labels: ['a', 'A'], notes: 7, metadata: { 'a b': 1 }, routing: wrongRouting },
  ],
  ['without what is needed', phoneNumberCreateSchema, { ...number, phone_number: undefined }],
  ['of no provider', phoneNumberCreateSchema, { ...number, provider: 'none' }],
  ['a patch that clears', phoneNumberPatchSchemas.pia, { labels: null, routing: null, notes: 'x' }],
  ['a patch of a list', phoneNumberPatchSchemas.sip, []],
  ['nothing', phoneNumberPatchSchemas.sip, null],
  ['a preview', routePreviewRequestSchema, largestPreview([agent])],
  [
    'a preview that is wrong',
    routePreviewRequestSchema,
    { ...largestPreview([agent]), routing: wrongRouting, direction: 'up' },
  ],
  ['hours', businessHoursCreateSchema, largestHours],
  ['hours without a name', businessHoursCreateSchema, { ...largestHours, name: undefined, weekly: [{}] }],
])('%s: judged field by field as whole', async ([, schema, value]) => {
  const whole = judge(schema, value);
  const byField = await judgeByField(actor, schema, value);
  if (whole.success) expect(byField).toMatchObject({ success: true, data: whole.data });
  else {
    const errors = byField.success ? [] : fieldErrors(byField.issues);
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors)).toEqual(new Set(fieldErrors(whole.issues)));
  }
});
