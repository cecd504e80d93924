import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Connection } from '#contract/connections/connections.ts';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { classes } from '#client/lib/classes.ts';
import { exactTime, formatCount, plural } from '#client/lib/words/format.ts';
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

const linkClass = 'rounded-sm underline decoration-line-3 underline-offset-3 hover:decoration-current';
const waitingStates = ['pending', 'retrying', 'refused'];
const differingStates = ['drift', 'conflict', 'held', 'gone'];

/** How many of the numbers here are linked to it, and how many of these are not there as they are here. */
const Linked = ({ connection }: { connection: Connection }) => {
  const { connection_id: id, linked_numbers: linked, waiting_changes, drifted_numbers } = connection;
  const listed = (count: string, states: readonly string[] = []) => (
    <Link
      href={`/numbers?${new URLSearchParams([['connection', id], ...states.map((state) => ['link_state', state])])}`}
      className={linkClass}
    >
      {count}
    </Link>
  );
  return (
    <>
      <Fact name="Numbers linked">
        {linked === 0 ? <span className="text-ink-3">none</span> : listed(formatCount(linked))}
      </Fact>
      <Fact name="Waiting">
        {waiting_changes === 0 ? (
          <span className="text-ink-3">nothing</span>
        ) : (
          listed(plural(waiting_changes, 'change'), waitingStates)
        )}
      </Fact>
      {drifted_numbers > 0 && (
        <Fact name="Differ there">
          <Badge variant="warn">{listed(plural(drifted_numbers, 'number'), differingStates)}</Badge>
        </Fact>
      )}
    </>
  );
};

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

interface Props {
  connection: Connection;
  /** Stands among the facts. */
  apiKey?: ReactNode;
  /** Also what of the numbers here is linked to it. */
  isLinked?: boolean;
}

/** What the last check found, and where the connection leads. */
export const ConnectionFacts = ({ connection, apiKey, isLinked = false }: Props) => {
  const { message, checked_at, settings } = connection;
  const numbers = numbersWords(connection);
  return (
    <dl className="grid gap-2">
      {message !== null && <Fact name="What is wrong">{message}</Fact>}
      {numbers !== null && <Fact name="Numbers there">{numbers}</Fact>}
      {isLinked && <Linked connection={connection} />}
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
