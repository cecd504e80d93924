import { useCallback, useId, useState } from 'react';
import type { Connection } from '#contract/connections/connections.ts';
import { SecretField, type SecretNote } from '#client/components/secret-field/secret-field.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { revealing } from '#client/features/sessions/revealing.ts';
import { classes } from '#client/lib/classes.ts';
import { revealKey } from './acts.ts';

/** The key as eight dots; an admin may have it shown, on the record. */
export const ConnectionKey = ({ connection }: { connection: Connection }) => {
  const { connection_id: id, name, credentials, credential_fingerprints: marks } = connection;
  const mayReveal = useMay('admin');
  const [note, setNote] = useState<SecretNote | null>(null);
  const fieldId = useId();
  const read = useCallback(() => revealing(() => revealKey(id)), [id]);
  return (
    <div className="grid gap-1">
      <span id={`${fieldId}-label`} className="sr-only">
        API key of {name}
      </span>
      <SecretField
        // Another key is stored: what was shown of the one before is no longer true.
        key={marks.api_key}
        control={{
          id: fieldId,
          'aria-labelledby': `${fieldId}-label`,
          'aria-describedby': note ? `${fieldId}-note` : undefined,
          'aria-invalid': undefined,
          'data-changed': undefined,
        }}
        name={`API key of ${name}`}
        isSet={credentials.api_key !== null}
        draft=""
        onDraft={() => undefined}
        read={mayReveal ? read : undefined}
        mayReplace={false}
        canClear={false}
        onNote={setNote}
      />
      {note && (
        <p
          id={`${fieldId}-note`}
          role={note.isError ? 'alert' : undefined}
          className={classes('text-xs wrap-anywhere', note.isError ? 'text-harm' : 'text-ink-3')}
        >
          {note.text}
        </p>
      )}
    </div>
  );
};
