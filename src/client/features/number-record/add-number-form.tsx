import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { Link } from 'wouter';
import type { Provider } from '#contract/numbers/choices.ts';
import { credentialsOf, settingsOf } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
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

/** What the next of many numbers begins with: the same carrier, agents and labels, and nothing of its own. */
const forTheNext = (values: AddValues): AddValues => ({
  ...values,
  phone_number: '',
  friendly_name: '',
  notes: '',
  metadata: [],
});
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
  const [begun, setBegun] = useState(emptyForm);
  const [lastAdded, setLastAdded] = useState('');
  const isFilled = useWatch({ control: form.control, compute: (values) => !isSame(values, begun) });
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

  const beginNext = ({ phone_number_international: number }: PhoneNumber) => {
    const next = forTheNext(structuredClone(form.getValues()));
    form.reset(next);
    setBegun(next);
    // Said in the sheet itself: a toast would lie over the buttons.
    setLastAdded(number);
  };
  // Once the emptied fields are drawn: before, none of them can take the focus.
  useEffect(() => {
    if (begun !== emptyForm) form.setFocus('phone_number');
  }, [form, begun]);

  const finish = ({ _id, phone_number_international: number }: PhoneNumber) => {
    release();
    toast({ message: `${number} added` });
    onAdded(_id);
  };

  /** Looked up beside the form: the next number may be on its way by the time it is found. */
  const findTaken = async (number: string) => {
    const found = await findPhoneNumber(number).catch(() => undefined);
    if (form.getValues('phone_number') === number) setTakenId(found?._id ?? null);
  };

  const send = async (filled: AddValues): Promise<PhoneNumber | undefined> => {
    if (provider === null || isRunning.current) return undefined;
    isRunning.current = true;
    setProblems([]);
    setTakenId(null);
    try {
      return await add.mutateAsync(toCreate(provider, filled));
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
      if (error.code === 'phone_number_taken') void findTaken(filled.phone_number);
      return undefined;
    } finally {
      isRunning.current = false;
    }
  };
  const submit = async (next: (added: PhoneNumber) => void) => {
    const sent: (PhoneNumber | undefined)[] = [];
    await form.handleSubmit(async (filled) => sent.push(await send(structuredClone(filled))))();
    // Behind the form library's own account of what was sent: a form that begins anew has sent nothing.
    if (sent[0] !== undefined) next(sent[0]);
  };
  const submitByKey = (next: (added: PhoneNumber) => void) => () =>
    provider === null ? undefined : void submit(next);
  useKeys({ 'mod+s': submitByKey(finish), 'mod+Enter': submitByKey(beginNext) });

  const ProviderFields = provider && providerFields[provider];
  return (
    <FormProvider {...form}>
      <FormContext value={context}>
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void submit(finish);
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
            <output className="w-full text-ink-2 empty:hidden">
              {lastAdded !== '' && `${lastAdded} added. Now the next one.`}
            </output>
            <Button variant="outline" className="ml-auto" onClick={onCancel}>
              {lastAdded === '' ? 'Cancel' : 'Close'}
            </Button>
            <Button
              variant="outline"
              isBusy={add.isPending}
              disabled={provider === null}
              aria-keyshortcuts="Control+Enter"
              onClick={() => void submit(beginNext)}
            >
              Save and add another
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
