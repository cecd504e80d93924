import { Suspense, useState } from 'react';
import type { ApiKey } from '#contract/api-keys.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Cut, Table, Td, Th, Tr } from '#client/components/table.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { calendarDate, exactTime } from '#client/lib/format.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { toast } from '#client/lib/toast.ts';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { useApiKeys, useRevokeApiKey } from './queries.ts';

const ApiKeyDialog = lazyPart(() => import('./api-key-dialog.tsx').then((file) => ({ default: file.ApiKeyDialog })));

const isOver = (instant: string | null) => instant !== null && Date.parse(instant) <= Date.now();

const Expiry = ({ expires_at, revoked_at }: ApiKey) => {
  if (revoked_at !== null) return <Badge>Revoked</Badge>;
  if (expires_at === null) return <span className="text-ink-3">never</span>;
  return isOver(expires_at) ? (
    <Badge variant="harm">Expired</Badge>
  ) : (
    <time dateTime={expires_at} title={exactTime(expires_at)}>
      {calendarDate(expires_at)}
    </time>
  );
};

const KeyRow = ({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) => {
  const { name, hint, scopes, created_by, last_used_at, expires_at, revoked_at } = apiKey;
  const isDead = revoked_at !== null || isOver(expires_at);
  return (
    <Tr className={classes(isDead && 'text-ink-3')}>
      <Td className="w-1/2 max-w-0">
        <span className="flex items-baseline gap-2">
          <Cut className="font-medium">{name}</Cut>
          <code className="shrink-0 font-mono text-xs text-ink-3 max-sm:hidden">{hint}…</code>
        </span>
      </Td>
      <Td className="w-1/2 max-w-0 max-md:hidden">
        <Cut className={classes(!isDead && 'text-ink-2')}>{scopes.join(', ')}</Cut>
      </Td>
      <Td className="max-lg:hidden">
        <Cut className={classes('w-32', !isDead && 'text-ink-2')}>{created_by ?? 'command line'}</Cut>
      </Td>
      <Td className="whitespace-nowrap text-ink-3 max-sm:hidden">{last_used_at === null ? 'never' : <RelativeTime at={last_used_at} />}</Td>
      <Td className="whitespace-nowrap">
        <Expiry {...apiKey} />
      </Td>
      <Td className="w-20">
        {revoked_at === null && (
          <Button variant="quietHarm" size="sm" className="ml-auto flex" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </Td>
    </Tr>
  );
};

const ApiKeys = () => {
  const { data: keys, error, isPending, refetch } = useApiKeys();
  const revoke = useRevokeApiKey();
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const addButton = <Button onClick={() => setAdding(true)}>Add API key</Button>;
  return (
    <Page title="API keys" about="What scripts sign in with, and what each may do." action={keys?.length !== 0 && addButton}>
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
        <Table aria-label="API keys">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th className="max-md:hidden">May</Th>
              <Th className="max-lg:hidden">Added by</Th>
              <Th className="max-sm:hidden">Last used</Th>
              <Th>Expires</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {keys.map((apiKey) => (
              <KeyRow key={apiKey.api_key_id} apiKey={apiKey} onRevoke={() => setRevoking(apiKey)} />
            ))}
          </tbody>
        </Table>
      )}
      <Suspense fallback={null}>{isAdding && <ApiKeyDialog onClose={() => setAdding(false)} />}</Suspense>
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          verb="Revoke"
          run={async () => {
            await revoke.mutateAsync(revoking.api_key_id);
            toast({ message: `${revoking.name} revoked` });
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
