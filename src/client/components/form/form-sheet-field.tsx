import { useId, type ReactNode } from 'react';
import { classes } from '#client/lib/classes.ts';

/** What a control takes so that its label and notes are read with it, and a change is seen. */
export interface FormControl {
  id: string;
  'aria-labelledby': string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'data-changed': true | undefined;
}

interface FormSheetFieldProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  /** Said below the hint or the error, for example a way on. */
  after?: ReactNode;
  isChanged?: boolean;
  /** The label stands at the first line of a tall control. */
  isTall?: boolean;
  /** The value is only read: there is no control for the label to lead to. */
  isText?: boolean;
  children: (control: FormControl) => ReactNode;
}

/** A control whose value will be saved: tinted, with a bar at its beginning. The ring is for the focus alone. */
export const changedClass = 'data-changed:bg-cord-wash data-changed:inset-shadow-[3px_0_0_var(--cord)]';

/** One line of a sheet: the label, its control, and below it a hint or the error. */
export const FormSheetField = ({
  label,
  hint,
  error,
  after,
  isChanged,
  isTall,
  isText,
  children,
}: FormSheetFieldProps) => {
  const id = useId();
  const note = error ?? hint;
  const hasNote = note !== undefined && note !== null && note !== '';
  const labelClass = classes('justify-self-start text-ink-2', isTall && 'sm:self-start sm:pt-1.75');
  return (
    <div className="grid gap-x-4 gap-y-1 sm:min-h-8.5 sm:grid-cols-[148px_minmax(0,1fr)] sm:items-center">
      {isText ? (
        <span id={`${id}-label`} className={labelClass}>
          {label}
        </span>
      ) : (
        <label id={`${id}-label`} htmlFor={id} className={labelClass}>
          {label}
        </label>
      )}
      {children({
        id,
        'aria-labelledby': `${id}-label`,
        'aria-describedby': hasNote ? `${id}-note` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
        'data-changed': isChanged || undefined,
      })}
      {hasNote && (
        <p
          id={`${id}-note`}
          role={error === undefined ? undefined : 'alert'}
          className={classes(
            'text-xs wrap-anywhere sm:col-start-2',
            error === undefined ? 'text-ink-3' : 'text-harm',
          )}
        >
          {note}
        </p>
      )}
      {after && <div className="text-xs sm:col-start-2">{after}</div>}
    </div>
  );
};

/** A group of fields under its name, with what holds for all of them beside it. */
export const FormSheetSection = ({
  title,
  note,
  children,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}) => (
  <section className="grid gap-2">
    <h3 className="mb-0.5 flex items-baseline gap-2 text-sm font-semibold">
      {title}
      {note}
    </h3>
    {children}
  </section>
);
