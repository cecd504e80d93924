import { expect, test } from 'vitest';
import { ApiError } from '#client/api/api-error.ts';
import { applyFieldErrors } from './apply-field-errors.ts';

interface Form {
  friendly_name: string;
  labels: string[];
  email: string;
}

const formOf = () => {
  const told: [string, string | undefined][] = [];
  const focused: string[] = [];
  return {
    told,
    focused,
    setError: (name: string, { message }: { message?: string }) => void told.push([name, message]),
    setFocus: (name: string) => void focused.push(name),
  };
};

const refusal = (more: Partial<ConstructorParameters<typeof ApiError>[0]>) =>
  new ApiError({
    status: 422,
    code: 'validation_failed',
    title: 'Some fields are not valid',
    detail: 'Correct them.',
    ...more,
  });

const fields = ['friendly_name', 'labels', 'email'] as const;

test('each field is told once, and the first of the form is focused', () => {
  const form = formOf();
  const left = applyFieldErrors<Form>(
    refusal({
      errors: [
        { pointer: '/labels/2', code: 'too_long', message: 'Shorten this.' },
        { pointer: '/labels/3', code: 'too_long', message: 'Shorten this too.' },
        { pointer: '/friendly_name', code: 'too_long', message: 'Shorten the label.' },
      ],
    }),
    form,
    { fields },
  );
  expect(form.told).toEqual([
    ['labels', 'Shorten this.'],
    ['friendly_name', 'Shorten the label.'],
  ]);
  expect(form.focused).toEqual(['friendly_name']);
  expect(left).toEqual([]);
});

test('what belongs to no field is left for the form to say', () => {
  const form = formOf();
  const errors = [{ pointer: '/a~1b', code: 'unknown_field', message: 'Remove a/b.' }];
  expect(applyFieldErrors<Form>(refusal({ errors }), form, { fields })).toEqual(['Remove a/b.']);
  expect(form.told).toEqual([]);
});

test('a problem without pointers is told at the field it is about', () => {
  const form = formOf();
  const left = applyFieldErrors<Form>(
    refusal({ code: 'email_taken', status: 409, detail: 'Use another.' }),
    form,
    {
      fields,
      byCode: { email_taken: 'email' },
    },
  );
  expect([left, form.told]).toEqual([[], [['email', 'Use another.']]]);
});
