import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { FormProvider, get, useForm, type FieldError } from 'react-hook-form';
import { credentialsOf } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { ApiError } from '#client/api/api-error.ts';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#client/components/ui/tabs.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import {
  byField,
  fieldOfPointer,
  toFieldErrors,
  fieldMessagesIn,
  type FieldMessage,
} from '#client/features/number-fields/field-errors.ts';
import { FormContext, type FormTarget } from '#client/features/number-fields/form-context.ts';
import { GeneralFields } from './general-fields.tsx';
import {
  callFields,
  editableSettingsOf,
  sharedFields,
  valuesOf,
  type FormFieldName,
  type PhoneNumberValues,
} from '#client/features/number-fields/phone-number-values.ts';
import { createPlaces } from '#client/features/number-fields/places.ts';
import { providerFields } from '#client/features/number-fields/providers/provider-fields.tsx';
import { resolvePatch } from '#client/features/number-fields/resolve-patch.ts';
import { setTab, type Tab } from './use-tab.ts';
import { Unsaved } from '#client/features/number-record/unsaved/unsaved.tsx';
import { useRevealCredential } from '#client/features/number-fields/use-reveal-credential.ts';

// The larger editors are fetched when they are first looked at; what they edit is in the form from the
// beginning.
const RoutingTab = lazyPart(() =>
  import('#client/features/number-routing/routing-tab.tsx').then((file) => ({ default: file.RoutingTab })),
);
const CallHandlingTab = lazyPart(() =>
  import('#client/features/call-handling/call-handling-tab.tsx').then((file) => ({
    default: file.CallHandlingTab,
  })),
);
const HistoryTab = lazyPart(() => import('./history-tab.tsx').then((file) => ({ default: file.HistoryTab })));

/** `ownFields`: those of the number's provider. */
const tabOf = (field: FormFieldName, ownFields: readonly FormFieldName[]): Tab => {
  if (ownFields.includes(field)) return 'connection';
  if (field.startsWith('routing.')) return 'routing';
  return field.startsWith('call_handling.') ? 'call-handling' : 'general';
};

/** The question line's place among the pointers. */
const whoAnswersPlace = '/who-answers';
const keptMounted = { forceMount: true } as const;
// In a wide sheet routing stands side by side, and everything else keeps to the width that is read at ease.
const wideBodyClass =
  '@container grid content-start gap-6 overflow-y-auto px-4 py-5 data-[state=inactive]:hidden sm:px-6';
const bodyClass = `${wideBodyClass} *:max-w-176`;

interface PhoneNumberFormProps {
  record: PhoneNumber;
  tab: Tab;
  /** How often “Who answers?” in the header was pressed: each press shows the question line. */
  whoAnswersPresses?: number;
  /** Someone deleted it while it was edited. */
  isGone: boolean;
}

/**
 * A number being read and edited. `record` is what is stored now; it never overwrites what is being typed.
 */
export const PhoneNumberForm = ({ record, tab, whoAnswersPresses = 0, isGone }: PhoneNumberFormProps) => {
  const mayEdit = useMay('operator');
  const [base, setBase] = useState(record);
  const [seen, setSeen] = useState<ReadonlySet<Tab>>(() => new Set([tab]));
  if (!seen.has(tab)) setSeen(new Set([...seen, tab]));
  const [target, setTarget] = useState<FormTarget | null>(null);
  const [places] = useState(createPlaces);
  const form = useForm<PhoneNumberValues>({
    defaultValues: valuesOf(base),
    resolver: resolvePatch(base),
    mode: 'onTouched',
    shouldFocusError: false,
  });
  const reveal = useRevealCredential(record._id);

  const ownFields = useMemo<FormFieldName[]>(
    () => [...editableSettingsOf(base.provider), ...credentialsOf[base.provider]],
    [base.provider],
  );
  const fields = useMemo(() => [...sharedFields, ...ownFields, ...callFields], [ownFields]);
  const show = useCallback(
    (pointer: string) => {
      const field = fieldOfPointer(pointer);
      setTab(field === undefined ? 'routing' : tabOf(field, ownFields));
      setTarget({ pointer });
    },
    [ownFields],
  );
  // Once its tab is drawn: nothing that is hidden takes the focus.
  useEffect(() => {
    if (target === null) return;
    const field = fieldOfPointer(target.pointer);
    if (field === undefined || callFields.includes(field)) places.seek(target.pointer);
    else form.setFocus(field);
  }, [form, places, target]);
  const showFirst = (messages: readonly FieldMessage[]) => {
    const wrong = byField(messages);
    const first = fields.find((field) => wrong.has(field));
    const [place] = (first && wrong.get(first)) ?? [];
    if (place) show(place.pointer);
  };
  const onFieldErrors = (error: ApiError) => {
    const { errors } = error;
    const nested = toFieldErrors(errors, 'server');
    for (const field of byField(errors).keys()) form.setError(field, get(nested, field) as FieldError);
    showFirst(errors);
    const left = errors
      .filter(({ pointer }) => fieldOfPointer(pointer) === undefined)
      .map(({ message }) => message);
    return errors.length === 0 ? [error.detail] : left;
  };
  const [shownPresses, setShownPresses] = useState(whoAnswersPresses);
  if (whoAnswersPresses !== shownPresses) {
    setShownPresses(whoAnswersPresses);
    show(whoAnswersPlace);
  }

  const context = useMemo(
    () => ({ record: base, mayEdit, target, show, places, reveal }),
    [base, mayEdit, target, show, places, reveal],
  );
  const ProviderFields = providerFields[base.provider];

  return (
    <FormProvider {...form}>
      <FormContext value={context}>
        <Tabs value={tab} onValueChange={setTab} className="flex-1">
          <TabsList>
            <TabsTrigger value="general">General</TabsTrigger>
            <TabsTrigger value="connection">Connection</TabsTrigger>
            <TabsTrigger value="routing">Routing</TabsTrigger>
            <TabsTrigger value="call-handling">Call handling</TabsTrigger>
            <TabsTrigger value="history">History</TabsTrigger>
          </TabsList>
          <TabsContent value="general" forceMount className={bodyClass}>
            <GeneralFields />
          </TabsContent>
          <TabsContent value="connection" forceMount className={bodyClass}>
            <ProviderFields />
          </TabsContent>
          <TabsContent value="routing" {...(seen.has('routing') && keptMounted)} className={wideBodyClass}>
            <Suspense fallback={<RowsSkeleton rows={8} />}>
              <RoutingTab />
            </Suspense>
          </TabsContent>
          <TabsContent
            value="call-handling"
            {...(seen.has('call-handling') && keptMounted)}
            className={bodyClass}
          >
            <Suspense fallback={<RowsSkeleton rows={8} />}>
              <CallHandlingTab />
            </Suspense>
          </TabsContent>
          <TabsContent value="history" className="overflow-y-auto">
            <Suspense fallback={<RowsSkeleton rows={5} />}>
              <HistoryTab record={record} />
            </Suspense>
          </TabsContent>
        </Tabs>
        <Unsaved
          record={record}
          base={base}
          setBase={setBase}
          isGone={isGone}
          onFieldErrors={onFieldErrors}
          onInvalid={(errors) => showFirst(fieldMessagesIn(errors))}
        />
      </FormContext>
    </FormProvider>
  );
};
