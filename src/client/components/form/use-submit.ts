import { useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { toApiError, type ErrorCode } from '#client/api/api-error.ts';
import { applyFieldErrors } from './apply-field-errors.ts';

interface Submitting<T extends FieldValues, Out> {
  form: UseFormReturn<T, unknown, Out>;
  /** The fields in the order in which they stand. */
  fields: readonly FieldPath<T>[];
  byCode?: Partial<Record<ErrorCode, FieldPath<T>>>;
  send: (values: Out) => Promise<unknown>;
}

/**
 * Sends a form. What the server refuses lands at its fields, the rest in `messages`; what was typed stays
 * either way.
 */
export const useSubmit = <T extends FieldValues, Out>({ form, fields, byCode, send }: Submitting<T, Out>) => {
  const [messages, setMessages] = useState<string[]>([]);
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setMessages([]);
    try {
      await send(values);
    } catch (thrown) {
      const error = toApiError(thrown);
      // A session that ended is told once, by the query client.
      if (error.code !== 'unauthenticated') setMessages(applyFieldErrors(error, form, { fields, byCode }));
    }
  });
  const onSubmit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isSubmitting) void submit(event);
  };
  return { onSubmit, isSubmitting, messages };
};
