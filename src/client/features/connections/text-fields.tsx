import {
  useController,
  type Control,
  type FieldPath,
  type FieldValues,
  type UseFormRegisterReturn,
} from 'react-hook-form';
import { Field } from '#client/components/form/field.tsx';
import { SecretInput } from '#client/components/secret-field/secret-field-input.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';

interface Props {
  error: string | undefined;
  /** Of the form around. */
  registered: UseFormRegisterReturn;
}

export const NameField = ({ error, registered }: Props) => (
  <Field label="Name" hint="What your team calls this account." error={error}>
    {(control) => <Input autoComplete="off" {...control} {...registered} />}
  </Field>
);

interface KeyProps<T extends FieldValues, Out> {
  control: Control<T, unknown, Out>;
  name: FieldPath<T>;
  hint: string;
  /** Empty is then no key at all. */
  mayBeEmpty?: boolean;
}

/** By its control: the field it is typed into has no name to be registered under. */
export const KeyField = <T extends FieldValues, Out>({
  control,
  name,
  hint,
  mayBeEmpty = false,
}: KeyProps<T, Out>) => {
  const { field, fieldState } = useController({ control, name });
  const value: unknown = field.value;
  return (
    <Field label="API key" hint={hint} error={fieldState.error?.message}>
      {(own) => (
        <SecretInput
          {...own}
          ref={field.ref}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) =>
            field.onChange(mayBeEmpty && target.value.trim() === '' ? undefined : target.value)
          }
          onBlur={field.onBlur}
        />
      )}
    </Field>
  );
};

/** Where a key that is typed here goes; loudly where that is not the address of its kind. */
export const KeyTarget = ({ address, usual }: { address: string | null; usual: string }) => (
  <p className={classes('text-xs wrap-anywhere', address === null ? 'text-ink-3' : 'text-warn')}>
    The key will be sent to <span className="font-mono">{address ?? usual}</span>
    {address !== null && `, not to ${usual}`}.
  </p>
);

export const AddressField = ({ error, registered, usual, hint }: Props & { usual: string; hint: string }) => (
  <Field label="Address" hint={hint} error={error}>
    {(control) => (
      <Input
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        placeholder={usual}
        {...control}
        {...registered}
      />
    )}
  </Field>
);

/** An empty field is none. */
export const orNull = (text: string | null): string | null => (text?.trim() ? text : null);
