import { TriangleAlertIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { ApiKey } from '#contract/api-keys.ts';
import { NEAR_END_DAYS } from '#contract/key-days.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { toast } from '#client/lib/toast.ts';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { endsSoon, isLive } from './key-life.ts';
import { KeyRow } from './key-row.tsx';
import { useApiKeys, useRevokeApiKey } from './queries.ts';

const ApiKeyDialog = lazyPart(() =>
  import('./api-key-dialog.tsx').then((file) => ({ default: file.ApiKeyDialog })),
);

interface Adding {
  replaces: ApiKey | null;
}

const EndingNote = ({ count }: { count: number }) => (
  <p className="flex gap-2 border-b px-4 py-2.5 text-ink-2">
    <TriangleAlertIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
    <span>
      {plural(count, 'key')} {count === 1 ? 'ends' : 'end'} within {NEAR_END_DAYS} days. Replace: make a new
      one, give it to whatever uses the old one, then revoke the old one.
    </span>
  </p>
);

const ApiKeys = () => {
  const { data: keys, error, isPending, refetch } = useApiKeys();
  const revoke = useRevokeApiKey();
  const [adding, setAdding] = useState<Adding | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const addButton = <Button onClick={() => setAdding({ replaces: null })}>Add API key</Button>;
  const ending = keys?.filter((key) => endsSoon(key)).length ?? 0;
  return (
    <Page
      title="API keys"
      about="What scripts sign in with, and what each may do."
      action={keys?.length !== 0 && addButton}
    >
      {isPending && <RowsSkeleton rows={4} />}
      {error && keys === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {keys?.length === 0 && (
        <EmptyState title="No API keys yet" action={addButton}>
          A key lets a script do through the API what its scopes allow. The reference is at{' '}
          <a href="/docs" className="rounded-sm underline decoration-line-3 underline-offset-3">
            /docs
          </a>
          .
        </EmptyState>
      )}
      {keys && keys.length > 0 && (
        <>
          {ending > 0 && <EndingNote count={ending} />}
          <Table aria-label="API keys" className="max-w-280">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th className="max-md:hidden">May</Th>
                <Th className="max-sm:hidden">Owner</Th>
                <Th className="max-lg:hidden">Last used</Th>
                <Th>Expires</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {keys.map((apiKey) => (
                <KeyRow
                  key={apiKey.api_key_id}
                  apiKey={apiKey}
                  onReplace={() => setAdding({ replaces: apiKey })}
                  onRevoke={() => setRevoking(apiKey)}
                />
              ))}
            </tbody>
          </Table>
          {keys.some((key) => key.owner === null && isLive(key)) && (
            <p className="px-4 py-3 text-xs text-ink-3">
              Nobody owns a key that was added on the command line, or before keys had owners: it goes on,
              whoever is disabled, until it ends or is revoked.
            </p>
          )}
        </>
      )}
      <Suspense fallback={null}>
        {adding && <ApiKeyDialog {...adding} onClose={() => setAdding(null)} />}
      </Suspense>
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          verb="Revoke"
          run={async () => {
            await revoke.mutateAsync(revoking.api_key_id);
            toast({ message: `“${revoking.name}” revoked` });
          }}
          onClose={() => setRevoking(null)}
        >
          Whatever uses this key is refused from now on. A revoked key cannot be brought back.
        </ConfirmDialog>
      )}
    </Page>
  );
};

export const ApiKeysPage = () => (
  <AdminOnly>
    <ApiKeys />
  </AdminOnly>
);
