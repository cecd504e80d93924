import { Suspense, useState } from 'react';
import type { Operator, OperatorUpdate } from '#contract/operators.ts';
import { failedMessage, toApiError } from '#client/api/api-error.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useLiveKeysOf } from '#client/features/api-keys/queries.ts';
import { roleNames } from '#client/lib/words/role-names.ts';
import { toast } from '#client/lib/toast.ts';
import { Notices } from '#client/features/notices/notices.tsx';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { useMe } from '#client/features/sessions/queries.ts';
import { OperatorRow, type OperatorAct } from './operator-row.tsx';
import { useOperators, useUpdateOperator } from './queries.ts';
import type { StepDown } from './step-down-dialog.tsx';

const OperatorDialog = lazyPart(() =>
  import('./operator-dialog.tsx').then((file) => ({ default: file.OperatorDialog })),
);
const RenameDialog = lazyPart(() =>
  import('./rename-dialog.tsx').then((file) => ({ default: file.RenameDialog })),
);
const StepDownDialog = lazyPart(() =>
  import('./step-down-dialog.tsx').then((file) => ({ default: file.StepDownDialog })),
);

type Open =
  | { kind: 'add' }
  | { kind: 'rename'; operator: Operator }
  | { kind: 'step-down'; operator: Operator; change: StepDown };

interface Act {
  operator: Operator;
  body: OperatorUpdate;
  message: string;
  undo?: OperatorUpdate;
  /** They have keys that must be answered for. */
  onKeys?: () => void;
}

/** A lone act: done at once, told with its way back, and told when it fails. */
const useAct = () => {
  const update = useUpdateOperator();
  return ({ operator: { operator_id, name }, body, message, undo, onKeys }: Act) =>
    update.mutate(
      { operator_id, body },
      {
        onSuccess: () =>
          toast({
            message,
            ...(undo && { action: { label: 'Undo', run: () => update.mutate({ operator_id, body: undo }) } }),
          }),
        onError: (thrown) => {
          if (toApiError(thrown).code === 'api_keys_unanswered' && onKeys) onKeys();
          else toast({ message: failedMessage(name, 'was not changed', thrown), tone: 'harm' });
        },
      },
    );
};

const Operators = () => {
  const me = useMe();
  const { data: operators, error, isPending, refetch } = useOperators();
  const keysOf = useLiveKeysOf();
  const act = useAct();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const onAct = (chosen: OperatorAct, operator: Operator) => {
    const stepDown = (change: StepDown) => setOpen({ kind: 'step-down', operator, change });
    const { name, role, operator_id } = operator;
    if (chosen.kind === 'disable') stepDown({ is_disabled: true });
    else if (chosen.kind === 'enable')
      act({ operator, body: { is_disabled: false }, message: `${name} enabled` });
    else if (chosen.kind === 'rename') setOpen({ kind: 'rename', operator });
    else if (chosen.role !== 'admin' && keysOf(operator_id).length > 0) stepDown({ role: chosen.role });
    else {
      const body = { role: chosen.role };
      act({
        operator,
        body,
        message: `${name} is now ${roleNames[chosen.role]}`,
        undo: { role },
        onKeys: () => stepDown(body),
      });
    }
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
        <Table aria-label="Operators" className="max-w-240">
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
              <OperatorRow
                key={operator.operator_id}
                operator={operator}
                isSelf={operator.operator_id === me.operator_id}
                onAct={onAct}
              />
            ))}
          </tbody>
        </Table>
      )}
      <Suspense fallback={null}>
        {open?.kind === 'add' && <OperatorDialog onClose={close} />}
        {open?.kind === 'rename' && <RenameDialog operator={open.operator} onClose={close} />}
        {open?.kind === 'step-down' && (
          <StepDownDialog
            operator={open.operator}
            change={open.change}
            isSelf={open.operator.operator_id === me.operator_id}
            onClose={close}
          />
        )}
      </Suspense>
    </Page>
  );
};

export const OperatorsPage = () => (
  <AdminOnly>
    <Notices />
    <Operators />
  </AdminOnly>
);
