import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import type { PhoneNumber } from '#contract/phone-numbers.ts';
import type { ApiError } from '#client/api/api-error.ts';
import { applyFieldErrors } from '#client/components/apply-field-errors.ts';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#client/components/ui/tabs.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { useKeys } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { FormContext } from './form-context.ts';
import { GeneralFields } from './general-fields.tsx';
import { credentialsOf, editableSettingsOf, sharedFields, valuesOf, type FieldName, type PhoneNumberValues } from './phone-number-values.ts';
import { providerFields } from './provider-fields/provider-fields.tsx';
import { resolvePatch } from './resolve-patch.ts';
import { SaveBar, SavedNote } from './save-bar.tsx';
import { StaleSavePanel } from './stale-save-panel.tsx';
import { changedFields } from './to-patch.ts';
import { useRevealCredential } from './use-reveal-credential.ts';
import { useSavePhoneNumber } from './use-save-phone-number.ts';
import { useStaleSave } from './use-stale-save.ts';

const HistoryTab = lazyPart(() => import('./history-tab.tsx').then((file) => ({ default: file.HistoryTab })));

type Tab = 'general' | 'connection' | 'history';

const bodyClass = 'grid content-start gap-6 overflow-y-auto px-4 py-5 data-[state=inactive]:hidden sm:px-6';

/** A number being read and edited. `record` is what is stored now; it never overwrites what is being typed. */
export const PhoneNumberForm = ({ record }: { record: PhoneNumber }) => {
  const mayEdit = useMay('operator');
  const [base, setBase] = useState(record);
  const [tab, setTab] = useState<Tab>('general');
  const form = useForm<PhoneNumberValues>({
    defaultValues: valuesOf(base),
    resolver: resolvePatch(base),
    mode: 'onTouched',
    shouldFocusError: false,
  });
  const values = useWatch({ control: form.control }) as PhoneNumberValues;
  const changed = useMemo(() => changedFields(base, values), [base, values]);
  const hasChanges = changed.length > 0;
  useLeaveGuard(hasChanges, 'Your changes to this number are not saved.');

  const staleSave = useStaleSave(form, base, setBase);
  const reveal = useRevealCredential(record._id);

  const ownFields = useMemo<FieldName[]>(() => [...editableSettingsOf(base.provider), ...credentialsOf(base.provider)], [base.provider]);
  const fields = useMemo(() => [...sharedFields, ...ownFields], [ownFields]);
  const tabOf = (field: FieldName): Tab => (ownFields.includes(field) ? 'connection' : 'general');

  const mustFocus = useRef<FieldName | null>(null);
  const showFirst = (wrong: readonly string[]) => {
    const first = fields.find((field) => wrong.includes(field));
    if (first === undefined) return;
    // A field in a hidden tab takes no focus before the tab is drawn.
    mustFocus.current = first;
    setTab(tabOf(first));
    requestAnimationFrame(() => {
      if (mustFocus.current) form.setFocus(mustFocus.current);
      mustFocus.current = null;
    });
  };
  const onFieldErrors = (error: ApiError) => {
    const told: string[] = [];
    const left = applyFieldErrors<PhoneNumberValues>(
      error,
      { setError: (field, what) => (told.push(field), form.setError(field, what)), setFocus: () => undefined },
      { fields },
    );
    showFirst(told);
    return left;
  };
  const { save, isSaving, hasSaved, problems, forgetProblems } = useSavePhoneNumber({
    form,
    base,
    setBase,
    stale: staleSave,
    onFieldErrors,
    onInvalid: showFirst,
  });
  const discard = () => {
    form.reset(valuesOf(base));
    staleSave.settle();
    forgetProblems();
  };

  const isNewer = record.version > base.version;
  const { settle } = staleSave;
  useEffect(() => {
    if (!isNewer || hasChanges || isSaving) return;
    // Nothing is typed: the form simply shows what is stored now. The form library holds the values, outside of React.
    form.reset(valuesOf(record));
    // eslint-disable-next-line react/set-state-in-effect
    setBase(record);
    settle();
  }, [form, record, isNewer, hasChanges, isSaving, settle]);

  useKeys({ 'mod+s': () => (hasChanges ? save() : undefined) });
  const context = useMemo(() => ({ record: base, changed: new Set(changed), mayEdit, reveal }), [base, changed, mayEdit, reveal]);
  const ProviderFields = providerFields[base.provider];

  return (
    <FormProvider {...form}>
      <FormContext value={context}>
        <Tabs value={tab} onValueChange={(next) => setTab(next as Tab)} className="flex-1">
          <TabsList>
            <TabsTrigger value="general">General</TabsTrigger>
            <TabsTrigger value="connection">Connection</TabsTrigger>
            <TabsTrigger value="history">History</TabsTrigger>
          </TabsList>
          <TabsContent value="general" forceMount className={bodyClass}>
            <GeneralFields />
          </TabsContent>
          <TabsContent value="connection" forceMount className={bodyClass}>
            <ProviderFields />
          </TabsContent>
          <TabsContent value="history" className="overflow-y-auto">
            <Suspense fallback={<RowsSkeleton rows={5} />}>
              <HistoryTab record={record} />
            </Suspense>
          </TabsContent>
        </Tabs>
        <StaleSavePanel staleSave={staleSave} hasChanges={hasChanges} />
        {isNewer && hasChanges && !isSaving && !staleSave.isUndecided && (
          <output className="mx-4 mb-4 flex items-center gap-3 rounded-lg border border-cord bg-cord-wash px-3 py-2 sm:mx-6">
            Someone else saved this number while you were editing.
            <Button size="sm" variant="outline" className="ml-auto" onClick={() => staleSave.merge(record)}>
              Merge now
            </Button>
          </output>
        )}
        {hasChanges && (
          <SaveBar
            changed={changed}
            problems={problems}
            isSaving={isSaving}
            waitsFor={staleSave.isUndecided ? 'Choose which values to keep.' : undefined}
            onSave={save}
            onDiscard={discard}
          />
        )}
        {hasSaved && !hasChanges && <SavedNote key={base.version} />}
      </FormContext>
    </FormProvider>
  );
};
