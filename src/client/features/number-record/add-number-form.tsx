import { useMemo, useRef, useState, type FormEvent } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { Link } from 'wouter';
import { credentialsOf, settingsOf, type Provider } from '#contract/numbers/fields.ts';
import { toApiError } from '#client/api/api-error.ts';
import { applyFieldErrors } from '#client/components/form/apply-field-errors.ts';
import { FormError } from '#client/components/form/field.tsx';
import { FormSheetSection } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { SheetFooter } from '#client/components/ui/sheet.tsx';
import { useKeys } from '#client/lib/keyboard.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { toast } from '#client/lib/toast.ts';
import { FormContext } from '#client/features/number-fields/form-context.ts';
import { AgentField, LabelsField, TextField } from '#client/features/number-fields/form-fields.tsx';
import { PhoneNumberField } from '#client/features/number-fields/phone-number-field.tsx';
import { emptyValues, isSame, sharedFields } from '#client/features/number-fields/phone-number-values.ts';
import { createPlaces } from '#client/features/number-fields/places.ts';
import { ProviderChoice } from './provider-choice.tsx';
import { providerFields } from '#client/features/number-fields/providers/provider-fields.tsx';
import { findPhoneNumber, useAddPhoneNumber } from '#client/features/numbers/record-queries.ts';
import { resolveCreate } from '#client/features/number-fields/resolve-patch.ts';
import { switchProvider, toCreate, type AddValues } from '#client/features/number-fields/to-create.ts';

const emptyForm: AddValues = { ...emptyValues, phone_number: '' };
const nothingToReveal = () => Promise.resolve(null);

/** A number that is being added: its provider first, then only what that provider needs. */
export const AddNumberForm = ({
  onAdded,
  onCancel,
}: {
  onAdded: (id: string) => void;
  onCancel: () => void;
}) => {
  const [provider, setProvider] = useState<Provider | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [takenId, setTakenId] = useState<string | null>(null);
  const add = useAddPhoneNumber();
  const form = useForm<AddValues>({
    defaultValues: emptyForm,
    resolver: resolveCreate(provider ?? 'sip'),
    mode: 'onTouched',
  });
  const isFilled = useWatch({ control: form.control, compute: (values) => !isSame(values, emptyForm) });
  const release = useLeaveGuard(isFilled, 'The number is not added yet.');
  const isRunning = useRef(false);
  const context = useMemo(() => {
    const places = createPlaces();
    return {
      record: null,
      mayEdit: true,
      target: null,
      show: places.seek,
      places,
      reveal: nothingToReveal,
    };
  }, []);

  const choose = (next: Provider) => {
    if (provider !== null) form.reset(switchProvider(form.getValues(), provider), { keepErrors: false });
    setProvider(next);
    setProblems([]);
  };

  const send = async (filled: AddValues) => {
    if (provider === null || isRunning.current) return;
    isRunning.current = true;
    setProblems([]);
    setTakenId(null);
    try {
      const added = await add.mutateAsync(toCreate(provider, filled));
      release();
      toast({ message: `${added.phone_number_international} added` });
      onAdded(added._id);
    } catch (thrown) {
      const error = toApiError(thrown);
      const fields = [
        'phone_number' as const,
        ...settingsOf[provider],
        ...credentialsOf[provider],
        ...sharedFields,
      ];
      setProblems(
        applyFieldErrors<AddValues>(error, form, {
          fields,
          byCode: { phone_number_taken: 'phone_number', invalid_phone_number: 'phone_number' },
        }),
      );
      if (error.code === 'phone_number_taken')
        setTakenId((await findPhoneNumber(filled.phone_number).catch(() => undefined))?._id ?? null);
    } finally {
      isRunning.current = false;
    }
  };
  const submit = () => void form.handleSubmit((filled) => send(structuredClone(filled)))();
  useKeys({ 'mod+s': () => (provider === null ? undefined : submit()) });

  const ProviderFields = provider && providerFields[provider];
  return (
    <FormProvider {...form}>
      <FormContext value={context}>
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className="grid flex-1 content-start gap-6 overflow-y-auto px-4 py-5 sm:px-6">
            <ProviderChoice value={provider} onChange={choose} />
            {ProviderFields && (
              <>
                <FormSheetSection title="Identity">
                  <PhoneNumberField
                    taken={
                      takenId !== null && (
                        <Link href={`/numbers/${takenId}`} className="text-ink underline underline-offset-2">
                          Open that number
                        </Link>
                      )
                    }
                  />
                  <TextField name="friendly_name" hint="The name people know the number by." />
                </FormSheetSection>
                <ProviderFields />
                <FormSheetSection title="Agents">
                  <AgentField direction="inbound" />
                  <AgentField direction="outbound" />
                </FormSheetSection>
                <FormSheetSection title="More">
                  <LabelsField />
                  <TextField name="notes" isTall />
                </FormSheetSection>
              </>
            )}
          </div>
          <SheetFooter className="flex-wrap">
            <div className="w-full empty:hidden">
              <FormError messages={problems} />
            </div>
            <Button variant="outline" className="ml-auto" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" isBusy={add.isPending} disabled={provider === null}>
              Add number
            </Button>
          </SheetFooter>
        </form>
      </FormContext>
    </FormProvider>
  );
};
