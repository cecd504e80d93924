import { lazy, Suspense, useState } from 'react';
import type { PhoneNumber } from '#contract/phone-numbers.ts';
import { ApiError } from '#client/api/api-error.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { FormSheet } from '#client/components/form-sheet.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { countryName } from '#client/lib/format.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import { PhoneNumberForm } from './phone-number-form.tsx';
import { providerNames } from './provider-names.ts';
import { usePhoneNumber } from './queries.ts';

// Fetched beside the form, so that the form itself is on the screen first.
const SheetMenu = lazy(() => import('./sheet-menu.tsx').then((file) => ({ default: file.SheetMenu })));
const AddNumberForm = lazy(() => import('./add-number-form.tsx').then((file) => ({ default: file.AddNumberForm })));

interface FrameProps {
  isOpen: boolean;
  onClose: () => void;
  onClosed: () => void;
}

const describe = ({ friendly_name, provider, country }: PhoneNumber) => (
  <>
    {friendly_name !== null && (
      <>
        <bdi>{friendly_name}</bdi> ·{' '}
      </>
    )}
    {[providerNames[provider], ...(country === null ? [] : [countryName(country)])].join(' · ')}
  </>
);

const OneNumber = ({ id, ...frame }: FrameProps & { id: string }) => {
  const { data: record, error, refetch } = usePhoneNumber(id, frame.isOpen);
  const mayEdit = useMay('operator');
  const isGone = error instanceof ApiError && error.status === 404;
  usePageTitle(record?.phone_number_international ?? 'Number');
  const shown = isGone ? undefined : record;
  return (
    <FormSheet
      {...frame}
      title={shown?.phone_number_international ?? (isGone ? 'No such number' : 'Number')}
      description={shown && describe(shown)}
      actions={
        shown && (
          <Suspense fallback={<span className="h-6.5" />}>
            <SheetMenu record={shown} mayEdit={mayEdit} onDeleted={frame.onClose} />
          </Suspense>
        )
      }
    >
      {shown ? (
        <PhoneNumberForm key={shown._id} record={shown} />
      ) : isGone ? (
        <EmptyState title="This number is not here" action={<Button onClick={frame.onClose}>Back to the numbers</Button>}>
          It was deleted, or the link is not right.
        </EmptyState>
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </FormSheet>
  );
};

interface PhoneNumberSheetProps {
  openId: string | null;
  isAdding: boolean;
  onClose: () => void;
  onShow: (id: string) => void;
  onClosed: () => void;
}

/** The sheet over the list: one number, or the one being added. */
export const PhoneNumberSheet = ({ openId, isAdding, onClose, onShow, onClosed }: PhoneNumberSheetProps) => {
  const mayAdd = useMay('operator');
  // What was shown last stays while the sheet moves away.
  const [last, setLast] = useState({ openId, isAdding });
  const isOpen = openId !== null || isAdding;
  if (isOpen && (last.openId !== openId || last.isAdding !== isAdding)) setLast({ openId, isAdding });
  const frame = { isOpen, onClose, onClosed };

  if (last.openId !== null) return <OneNumber {...frame} id={last.openId} />;
  return (
    <FormSheet {...frame} title="Add number" description="What is not known yet can be added later.">
      <Suspense fallback={<RowsSkeleton rows={3} />}>
        {mayAdd ? (
          <AddNumberForm onAdded={onShow} onCancel={onClose} />
        ) : (
          <EmptyState title="Your role does not allow this">An operator can add numbers.</EmptyState>
        )}
      </Suspense>
    </FormSheet>
  );
};
