import { TriangleAlertIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { Connection } from '#contract/connections/connections.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Skeleton } from '#client/components/ui/skeleton.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { toast } from '#client/lib/toast.ts';
import { ConnectionCard, type ConnectionAct } from './connection-card.tsx';
import { useConnectionActs } from './acts.ts';
import { useConnections } from './queries.ts';

const AddDialog = lazyPart(() => import('./add-dialog.tsx').then((file) => ({ default: file.AddDialog })));
const EditDialog = lazyPart(() => import('./edit-dialog.tsx').then((file) => ({ default: file.EditDialog })));
const ReplaceDialog = lazyPart(() =>
  import('./replace-dialog.tsx').then((file) => ({ default: file.ReplaceDialog })),
);

const cardsClass = 'grid max-w-300 gap-4 p-4 lg:grid-cols-2';

const CardsSkeleton = () => (
  <output aria-label="Loading" className={`${cardsClass} animate-[appear_1ms_150ms_both]`}>
    {[0, 1].map((card) => (
      <div key={card} className="grid content-start gap-4 rounded-xl border p-4">
        <Skeleton className="w-48" />
        <Skeleton className="w-72" />
        <Skeleton className="w-64" />
        <Skeleton className="w-40" />
      </div>
    ))}
  </output>
);

const LoopbackNote = () => (
  <p className="flex gap-2 border-b px-4 py-2.5 text-ink-2">
    <TriangleAlertIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
    <span>
      CORDBOARD_UNSAFE_ALLOW_LOOPBACK is set: connections may reach the server’s own machine, and without TLS.
      It is for tests alone.
    </span>
  </p>
);

const RemoveDialog = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const { remove } = useConnectionActs();
  const run = async () => {
    await remove(connection);
    toast({ message: `“${connection.name}” removed` });
  };
  return (
    <ConfirmDialog title={`Remove ${connection.name}?`} verb="Remove" run={run} onClose={onClose}>
      Its key is erased here. Your numbers stay, and nothing changes there.
    </ConfirmDialog>
  );
};

interface Open {
  act: ConnectionAct;
  id: string;
}

/** The accounts that the numbers live in. */
export const ConnectionsPage = () => {
  const { data, error, isPending, refetch } = useConnections({ areCounted: true });
  const mayEdit = useMay('admin');
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const all = data?.connections;
  const isEmpty = all?.length === 0;
  const opened = all?.find(({ connection_id: id }) => id === open?.id);
  const close = () => setOpen(null);
  const addButton = mayEdit && <Button onClick={() => setAdding(true)}>Add connection</Button>;
  const dialog = opened && { connection: opened, onClose: close };
  return (
    <Page title="Connections" action={!isEmpty && addButton}>
      {data?.allows_loopback && <LoopbackNote />}
      {isPending && <CardsSkeleton />}
      {error && data === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState title="No connections yet" action={addButton}>
          {mayEdit
            ? 'A connection is an account that your numbers live in, such as one on the voice platform. Its key is kept sealed.'
            : 'A connection is an account that the numbers live in, such as one on the voice platform. An admin can add one.'}
        </EmptyState>
      )}
      {all && all.length > 0 && (
        // Who may change nothing has nothing in it to go to, and scrolls by keyboard all the same.
        <ul aria-label="Connections" tabIndex={mayEdit ? undefined : 0} className={cardsClass}>
          {all.map((connection) => (
            <ConnectionCard
              key={connection.connection_id}
              connection={connection}
              mayEdit={mayEdit}
              onAct={(act, { connection_id: id }) => setOpen({ act, id })}
            />
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {isAdding && (
          <AddDialog
            onReplace={({ connection_id: id }) => {
              setAdding(false);
              setOpen({ act: 'replace', id });
            }}
            onClose={() => setAdding(false)}
          />
        )}
        {dialog && open?.act === 'replace' && <ReplaceDialog {...dialog} />}
        {dialog && open?.act === 'edit' && <EditDialog {...dialog} />}
      </Suspense>
      {dialog && open?.act === 'remove' && <RemoveDialog {...dialog} />}
    </Page>
  );
};
