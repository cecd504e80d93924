import { useCallback, useState } from 'react';
import type { CredentialName } from '#contract/providers.ts';
import { ApiError } from '#client/api/api-error.ts';
import { call } from '#client/api/call.ts';
import type { ShownSecret } from '#client/components/secret-field-shown.ts';
import { useMe } from '#client/features/sessions/queries.ts';

interface Question {
  answer: (isConfirmed: boolean) => void;
}

/**
 * Asks for a credential in clear. Its answer passes by every cache: it is handed to the field that asked, and that
 * alone. When the sign-in is no longer fresh, `question` wants the password first (see confirm-password-dialog.tsx).
 */
export const useRevealCredential = (id: string) => {
  const { fresh_until } = useMe();
  const [question, setQuestion] = useState<Question | null>(null);

  const askPassword = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        setQuestion({
          answer: (isConfirmed) => {
            setQuestion(null);
            resolve(isConfirmed);
          },
        });
      }),
    [],
  );

  const reveal = useCallback(
    async (credential: CredentialName): Promise<ShownSecret | null> => {
      const ask = () => call('POST /v1/phone-numbers/{phone_number_id}/reveal', { params: { phone_number_id: id }, body: { credential } });
      if (Date.parse(fresh_until) <= Date.now() && !(await askPassword())) return null;
      try {
        return await ask();
      } catch (thrown) {
        if (!(thrown instanceof ApiError) || thrown.code !== 'fresh_sign_in_required') throw thrown;
        return (await askPassword()) ? ask() : null;
      }
    },
    [id, fresh_until, askPassword],
  );

  return { reveal, question };
};
