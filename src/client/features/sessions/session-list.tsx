import { failedMessage } from '#client/api/api-error.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Skeleton } from '#client/components/ui/skeleton.tsx';
import { toast } from '#client/lib/toast.ts';
import { deviceName } from './device-name.ts';
import { useEndSession, useSessions } from './acts.ts';

export const SessionList = () => {
  const { data: sessions, error, isPending, refetch } = useSessions();
  const end = useEndSession();
  if (isPending) return <Skeleton className="h-13" />;
  if (sessions === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <ul className="divide-y divide-line/60 border-y">
      {sessions.map(({ session_id, user_agent, address, created_at, is_current }) => (
        <li key={session_id} className="flex items-center gap-3 py-2.5">
          <div className="min-w-0">
            <p className="truncate" title={user_agent ?? undefined}>
              {deviceName(user_agent)}
            </p>
            <p className="truncate text-xs text-ink-3">
              {address !== null && `${address}, `}
              signed in <RelativeTime at={created_at} inSentence />
            </p>
          </div>
          <span className="ml-auto shrink-0">
            {is_current ? (
              <span className="text-xs text-ink-3">This session</span>
            ) : (
              <Button
                variant="outline"
                size="sm"
                aria-label={`End the session of ${deviceName(user_agent)}`}
                isBusy={end.isPending && end.variables === session_id}
                onClick={() =>
                  end.mutate(session_id, {
                    onError: (thrown) =>
                      toast({ message: failedMessage('The session', 'was not ended', thrown), tone: 'harm' }),
                  })
                }
              >
                End
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};
