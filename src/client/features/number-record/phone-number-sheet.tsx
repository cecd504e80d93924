import { Suspense, useState } from 'react';
import { providerNames } from '#contract/numbers/choices.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ApiError } from '#client/api/api-error.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { FormSheet } from '#client/components/form/form-sheet.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { ButtonRoom } from '#client/components/button-room.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { FindingInSheet } from '#client/features/findings/finding-in-sheet.tsx';
import { StripRoom } from '#client/features/number-links/strip-room.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { countryName } from '#client/lib/words/format.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import { PhoneNumberForm } from './phone-number-form.tsx';
import { useIsEdited } from '#client/features/number-record/unsaved/edited.ts';
import { useTab } from './use-tab.ts';
import { useDeletedPhoneNumber, usePhoneNumber } from '#client/features/numbers/record-queries.ts';
import { useWideSheet } from './use-wide-sheet.ts';

// Fetched beside the form, so that the form itself is on the screen first.
const SheetMenu = lazyPart(() => import('./sheet-menu.tsx').then((file) => ({ default: file.SheetMenu })));
const DeletedNumber = lazyPart(() =>
  import('./deleted-number.tsx').then((file) => ({ default: file.DeletedNumber })),
);
const UpstreamStrip = lazyPart(() =>
  import('#client/features/number-links/upstream-strip.tsx').then((file) => ({
    default: file.UpstreamStrip,
  })),
);
const AddNumberForm = lazyPart(() =>
  import('./add-number-form.tsx').then((file) => ({ default: file.AddNumberForm })),
);

/** The name has a line of its own, however long it is or none: nothing below moves when it is saved. */
const describe = ({ friendly_name: name, provider, country }: PhoneNumber) => (
  <>
    <span className="block truncate" title={name ?? undefined}>
      {name === null ? <span className="text-ink-3">No name</span> : <bdi className="text-ink">{name}</bdi>}
    </span>
    {[providerNames[provider], ...(country === null ? [] : [countryName(country)])].join(' · ')}
  </>
);

const Gone = ({ onClose }: { onClose: () => void }) => (
  <EmptyState title="This number is not here" action={<Button onClick={onClose}>Back to the numbers</Button>}>
    It was deleted for good, or the link is not right.
  </EmptyState>
);

const Adding = ({ onAdded, onCancel }: { onAdded: (id: string) => void; onCancel: () => void }) =>
  useMay('operator') ? (
    <Suspense fallback={<RowsSkeleton rows={3} />}>
      <AddNumberForm onAdded={onAdded} onCancel={onCancel} />
    </Suspense>
  ) : (
    <EmptyState title="Your role does not allow this">An operator can add numbers.</EmptyState>
  );

interface PhoneNumberSheetProps {
  openId: string | null;
  isAdding: boolean;
  onClose: () => void;
  onShow: (id: string) => void;
  onClosed: () => void;
}

/** The sheet over the list: one number, or the one being added. */
export const PhoneNumberSheet = ({ openId, isAdding, onClose, onShow, onClosed }: PhoneNumberSheetProps) => {
  const mayEdit = useMay('operator');
  const isOpen = openId !== null || isAdding;
  // What was shown last stays while the sheet moves away.
  const [id, setId] = useState(openId);
  if (isOpen && id !== openId) setId(openId);

  const tab = useTab(openId !== null);
  const [whoAnswersPresses, setWhoAnswersPresses] = useState(0);
  const [isWide, setWide] = useWideSheet();
  const { data, error, refetch } = usePhoneNumber(id, isOpen);
  // The list of those that are deleted knows it before it is asked for.
  const isDeleted = (error instanceof ApiError && error.status === 404) || data?.deleted_at !== undefined;
  const deletion = useDeletedPhoneNumber(id ?? '', isOpen && isDeleted);
  // What is typed stays, even if the number is deleted meanwhile.
  const isEdited = useIsEdited(id, isDeleted);
  const deleted = isDeleted && !isEdited ? deletion.data : undefined;
  const isGone = isDeleted && deletion.error instanceof ApiError && deletion.error.status === 404;
  const record = isDeleted && !isEdited ? undefined : data;
  const named = record ?? deleted;
  const number = named?.phone_number_international ?? (isGone ? 'No such number' : 'Number');
  usePageTitle(isOpen ? (id === null ? 'Add number' : number) : 'Numbers');

  return (
    <FormSheet
      isOpen={isOpen}
      isWide={isWide && id !== null}
      subject={id ?? 'new'}
      onClose={onClose}
      onClosed={onClosed}
      title={id === null ? 'Add number' : number}
      description={id === null ? 'What is not known yet can be added later.' : named && describe(named)}
      actions={
        id !== null &&
        record &&
        !isGone && (
          <>
            <Button variant="outline" size="sm" onClick={() => setWhoAnswersPresses((times) => times + 1)}>
              Who answers?
            </Button>
            <Button
              variant="outline"
              size="sm"
              className="max-md:hidden"
              aria-pressed={isWide}
              onClick={() => setWide(!isWide)}
            >
              {isWide ? 'Narrow' : 'Expand'}
            </Button>
            <Suspense
              fallback={
                <>
                  <ButtonRoom variant="outline" size="sm" className="max-sm:hidden">
                    Copy
                  </ButtonRoom>
                  <ButtonRoom variant="outline" size="iconSm" />
                </>
              }
            >
              <SheetMenu record={record} mayEdit={mayEdit} onDeleted={onClose} />
            </Suspense>
          </>
        )
      }
    >
      {id === null ? (
        <Adding onAdded={onShow} onCancel={onClose} />
      ) : record ? (
        <>
          <FindingInSheet key={`${record._id} finding`} onBack={onClose} />
          {record.links.length > 0 && (
            <Suspense fallback={<StripRoom links={record.links} />}>
              <UpstreamStrip key={`${record._id} upstream`} record={record} mayEdit={mayEdit && !isDeleted} />
            </Suspense>
          )}
          <PhoneNumberForm
            key={record._id}
            record={record}
            tab={tab}
            whoAnswersPresses={whoAnswersPresses}
            isGone={isDeleted}
          />
        </>
      ) : isGone ? (
        <Gone onClose={onClose} />
      ) : deleted ? (
        <Suspense fallback={<RowsSkeleton rows={6} />}>
          <DeletedNumber key={deleted._id} record={deleted} onDeletedForGood={onClose} />
        </Suspense>
      ) : isDeleted && deletion.error ? (
        <ErrorPanel error={deletion.error} onRetry={() => void deletion.refetch()} />
      ) : error && !isDeleted ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </FormSheet>
  );
};
