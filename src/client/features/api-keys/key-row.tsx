import type { ApiKey } from '#contract/api-keys.ts';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Cut, Td, Tr } from '#client/components/table.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { calendarDate, exactTime } from '#client/lib/words/format.ts';
import { endsSoon, endWords, isLive } from './key-life.ts';

const Expiry = ({ apiKey }: { apiKey: ApiKey }) => {
  const { expires_at, revoked_at } = apiKey;
  if (revoked_at !== null) return <Badge>Revoked</Badge>;
  if (expires_at === null) return <span className="text-ink-3">never</span>;
  if (!isLive(apiKey)) return <Badge variant="harm">Expired</Badge>;
  return (
    <time dateTime={expires_at} title={exactTime(expires_at)}>
      {endsSoon(apiKey) ? <Badge variant="warn">{endWords(apiKey)}</Badge> : calendarDate(expires_at)}
    </time>
  );
};

interface Props {
  apiKey: ApiKey;
  onReplace: () => void;
  onRevoke: () => void;
}

export const KeyRow = ({ apiKey, onReplace, onRevoke }: Props) => {
  const { name, hint, scopes, created_by, owner, last_used_at, revoked_at } = apiKey;
  const isDead = !isLive(apiKey);
  return (
    <Tr className={classes(isDead && 'text-ink-3')}>
      <Td className="w-1/2 max-w-0">
        <span className="flex items-baseline gap-2">
          <Cut className="font-medium">{name}</Cut>
          <code className="shrink-0 font-mono text-xs text-ink-3 max-sm:hidden">{hint}…</code>
        </span>
        <span className="flex text-xs text-ink-3 sm:hidden">
          <Cut>{owner === null ? 'Nobody’s' : owner.name}</Cut>
        </span>
      </Td>
      <Td className="w-1/2 max-w-0 max-md:hidden">
        <Cut className={classes(!isDead && 'text-ink-2')}>{scopes.join(', ')}</Cut>
      </Td>
      <Td className="max-sm:hidden">
        <span
          className={classes('flex w-32', !isDead && 'text-ink-2')}
          title={`Added ${created_by === null ? 'on the command line' : `by ${created_by}`}`}
        >
          {owner === null ? <span className="text-ink-3">Nobody</span> : <Cut>{owner.name}</Cut>}
        </span>
      </Td>
      <Td className="whitespace-nowrap text-ink-3 max-lg:hidden">
        {last_used_at === null ? 'never' : <RelativeTime at={last_used_at} />}
      </Td>
      <Td className="whitespace-nowrap">
        <Expiry apiKey={apiKey} />
      </Td>
      <Td className="w-20">
        <span className="flex justify-end gap-1 max-sm:grid max-sm:py-1">
          {endsSoon(apiKey) && (
            <Button variant="outline" size="sm" aria-label={`Replace ${name}`} onClick={onReplace}>
              Replace
            </Button>
          )}
          {revoked_at === null && (
            <Button variant="quietHarm" size="sm" aria-label={`Revoke ${name}`} onClick={onRevoke}>
              Revoke
            </Button>
          )}
        </span>
      </Td>
    </Tr>
  );
};
