import { Suspense, useState } from 'react';
import type { BusinessHours } from '#contract/business-hours.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { BusinessHoursRow, type HoursAct } from './business-hours-row.tsx';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { useBusinessHours, useBusinessHoursChanges } from '#client/features/business-hours/queries.ts';
import { useNow } from '#client/lib/use-now.ts';

const DeleteDialog = lazyPart(() =>
  import('./delete-dialog.tsx').then((file) => ({ default: file.DeleteDialog })),
);
// The dialog is the shell's to draw; this only has it on hand before it is asked for.
const loadDialog = () => import('#client/features/business-hours/form/business-hours-dialog.tsx');

interface TableProps {
  all: readonly BusinessHours[];
  mayEdit: boolean;
  onAct: (act: HoursAct, hours: BusinessHours) => void;
}

const HoursTable = ({ all, mayEdit, onAct }: TableProps) => {
  const now = useNow();
  return (
    <Table aria-label="Business hours">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="max-md:hidden">Time zone</Th>
          <Th className="min-w-40 max-sm:hidden">Now</Th>
          <Th className="max-sm:hidden">Week</Th>
          <Th className="text-right sm:w-24">Numbers</Th>
          {mayEdit && (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </thead>
      <tbody>
        {all.map((hours) => (
          <BusinessHoursRow key={hours.business_hours_id} {...{ hours, now, mayEdit, onAct }} />
        ))}
      </tbody>
    </Table>
  );
};

/** Every set of hours the numbers go by, and whether each is open at this moment. */
export const BusinessHoursPage = () => {
  const { data: all, error, isPending, refetch } = useBusinessHours();
  useBusinessHoursChanges();
  const mayEdit = useMay('operator');
  const [deleting, setDeleting] = useState<BusinessHours | null>(null);
  const isEmpty = all?.length === 0;
  const addButton = mayEdit && (
    <Button
      onClick={() => void editBusinessHours({ businessHoursId: null })}
      onPointerEnter={() => void loadDialog()}
      onFocus={() => void loadDialog()}
    >
      Add business hours
    </Button>
  );
  const onAct = (act: HoursAct, hours: BusinessHours) => {
    if (act === 'delete') setDeleting(hours);
    else if (act === 'duplicate')
      void editBusinessHours({ businessHoursId: null, copyOf: hours.business_hours_id });
    else void editBusinessHours({ businessHoursId: hours.business_hours_id });
  };
  return (
    <Page title="Business hours" action={!isEmpty && addButton}>
      {isPending && <RowsSkeleton />}
      {error && all === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState title="No business hours yet" action={addButton}>
          {mayEdit
            ? 'Business hours say when an office answers. Add a week with its holidays, then let the routing of any number go by it.'
            : 'An operator can add a week with its holidays, and let the routing of any number go by it.'}
        </EmptyState>
      )}
      {all && all.length > 0 && <HoursTable {...{ all, mayEdit, onAct }} />}
      <Suspense fallback={null}>
        {deleting && <DeleteDialog hours={deleting} onClose={() => setDeleting(null)} />}
      </Suspense>
    </Page>
  );
};
