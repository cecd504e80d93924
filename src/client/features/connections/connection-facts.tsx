import type { ReactNode } from 'react';
import type { Connection } from '#contract/connections/connections.ts';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { classes } from '#client/lib/classes.ts';
import { exactTime } from '#client/lib/words/format.ts';
import { useNow } from '#client/lib/use-now.ts';
import { keyEnd, numbersWords } from './connection-words.ts';

const Fact = ({ name, isTall, children }: { name: string; isTall?: boolean; children: ReactNode }) => (
  <div
    className={classes(
      'grid gap-x-4 gap-y-0.5 sm:grid-cols-[7rem_minmax(0,1fr)]',
      isTall && 'sm:items-center',
    )}
  >
    <dt className="text-ink-2">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </div>
);

const KeyEnd = ({ connection }: { connection: Connection }) => {
  const end = keyEnd(connection, useNow());
  if (end === null || connection.key_expires_at === null) return null;
  return (
    <Fact name="Key">
      <time dateTime={connection.key_expires_at} title={exactTime(connection.key_expires_at)}>
        {end.isSoon ? <Badge variant="warn">{end.words}</Badge> : end.words}
      </time>
    </Fact>
  );
};

/** What the last check found, and where the connection leads. `apiKey` stands among them. */
export const ConnectionFacts = ({ connection, apiKey }: { connection: Connection; apiKey?: ReactNode }) => {
  const { message, checked_at, settings } = connection;
  const numbers = numbersWords(connection);
  return (
    <dl className="grid gap-2">
      {message !== null && <Fact name="What is wrong">{message}</Fact>}
      {numbers !== null && <Fact name="Numbers there">{numbers}</Fact>}
      <Fact name="Last check">
        {checked_at === null ? (
          <span className="text-ink-3">none yet</span>
        ) : (
          <RelativeTime at={checked_at} />
        )}
      </Fact>
      {settings.base_url !== null && (
        <Fact name="Address">
          <span className="font-mono text-xs">{settings.base_url}</span>
        </Fact>
      )}
      {apiKey !== undefined && (
        <Fact name="API key" isTall>
          {apiKey}
        </Fact>
      )}
      <KeyEnd connection={connection} />
    </dl>
  );
};
