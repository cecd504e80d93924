import { useId, type ReactNode } from 'react';
import { classes } from '#client/lib/classes.ts';

/** What a control takes so that its label, hint and error are read with it. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A label above its control, a hint or the error below: one of the two, in one place. */
export const Field = ({ label, hint, error, className, children }: Props) => {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className={classes('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="justify-self-start text-ink-2">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hasNote && (
        <p
          id={noteId}
          role={error === undefined ? undefined : 'alert'}
          className={classes('text-xs wrap-anywhere', error === undefined ? 'text-ink-3' : 'text-harm')}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
};

/** What a form could not do and no field is to blame for. */
export const FormError = ({ messages }: { messages: readonly string[] }) =>
  messages.length > 0 && (
    <div
      role="alert"
      className="rounded-lg border border-harm/30 bg-harm-wash px-3 py-2 text-harm wrap-anywhere"
    >
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
