import { Suspense, useState } from 'react';
import type { Operator, OperatorUpdate } from '#contract/operators.ts';
import { toApiError } from '#client/api/api-error.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { roleNames } from '#client/lib/role-names.ts';
import { toast } from '#client/lib/toast.ts';
import { Notices } from '#client/features/notices/notices.tsx';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { useMe } from '#client/features/sessions/queries.ts';
import { OperatorRow, type OperatorAct } from './operator-row.tsx';
import { useOperators, useUpdateOperator } from './queries.ts';

const OperatorDialog = lazyPart(() => import('./operator-dialog.tsx').then((file) => ({ default: file.OperatorDialog })));
const RenameDialog = lazyPart(() => import('./rename-dialog.tsx').then((file) => ({ default: file.RenameDialog })));

type Open = { kind: 'add' } | { kind: 'rename' | 'disable'; operator: Operator };

/** A lone act: done at once, told with its way back, and told when it fails. */
const useAct = () => {
  const update = useUpdateOperator();
  const act = ({ operator_id, name }: Operator, body: OperatorUpdate, message: string, undo?: OperatorUpdate) =>
    update.mutate(
      { operator_id, body },
      {
        onSuccess: () =>
          toast({
            message,
            ...(undo && { action: { label: 'Undo', run: () => update.mutate({ operator_id, body: undo }) } }),
          }),
        onError: (thrown) => toast({ message: `${name} was not changed. ${toApiError(thrown).detail}`, tone: 'harm' }),
      },
    );
  return { act, update };
};

const Operators = () => {
  const me = useMe();
  const { data: operators, error, isPending, refetch } = useOperators();
  const { act, update } = useAct();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const onAct = (chosen: OperatorAct, operator: Operator) => {
    if (chosen.kind === 'role') act(operator, { role: chosen.role }, `${operator.name} is now ${roleNames[chosen.role]}`, { role: operator.role });
    else if (chosen.kind === 'enable') act(operator, { is_disabled: false }, `${operator.name} enabled`);
    else setOpen({ kind: chosen.kind, operator });
  };
  return (
    <Page
      title="Operators"
      about="Who may sign in, and what each of them may do."
      action={<Button onClick={() => setOpen({ kind: 'add' })}>Add operator</Button>}
    >
      {isPending && <RowsSkeleton rows={4} />}
      {error && operators === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {operators && (
        <Table aria-label="Operators">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th className="max-sm:hidden">E-mail</Th>
              <Th>Role</Th>
              <Th className="max-sm:hidden">Added</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {operators.map((operator) => (
              <OperatorRow key={operator.operator_id} operator={operator} isSelf={operator.operator_id === me.operator_id} onAct={onAct} />
            ))}
          </tbody>
        </Table>
      )}
      <Suspense fallback={null}>
        {open?.kind === 'add' && <OperatorDialog onClose={close} />}
        {open?.kind === 'rename' && <RenameDialog operator={open.operator} onClose={close} />}
      </Suspense>
      {open?.kind === 'disable' && (
        <ConfirmDialog
          title={`Disable ${open.operator.name}?`}
          verb="Disable"
          run={async () => {
            await update.mutateAsync({ operator_id: open.operator.operator_id, body: { is_disabled: true } });
            toast({ message: `${open.operator.name} disabled` });
          }}
          onClose={close}
        >
          Their sessions end at once and they cannot sign in. What they did stays on the record. You can enable them again.
        </ConfirmDialog>
      )}
    </Page>
  );
};

export const OperatorsPage = () => (
  <AdminOnly>
    <Notices />
    <Operators />
  </AdminOnly>
);
