import { useCallback } from 'react';
import type { CredentialName } from '#contract/numbers/fields.ts';
import { call } from '#client/api/call.ts';
import type { ShownSecret } from '#client/components/secret-field/secret-field-shown.ts';
import { revealing } from '#client/features/sessions/revealing.ts';

/** Asks for a credential of a number in clear; null when the operator decided against it. */
export const useRevealCredential = (id: string) =>
  useCallback(
    (credential: CredentialName): Promise<ShownSecret | null> =>
      revealing(() =>
        call('POST /v1/phone-numbers/{phone_number_id}/reveal', {
          params: { phone_number_id: id },
          body: { credential },
        }),
      ),
    [id],
  );
