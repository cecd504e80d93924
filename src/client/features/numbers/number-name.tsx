import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { formatTyped } from './format-typed.ts';
import { findRecord } from './records.ts';

interface Props {
  /** Null of one that is not there yet. */
  id: string | null;
  /** E.164; empty where none is known. */
  phoneNumber: string;
  /** What it is called, where that was told with it; else what the console knows. */
  name?: string | null;
  /** Leads to the number. */
  isLink?: boolean;
}

/** A number as people read it, and what it is called, as far as the console knows. */
export const NumberName = ({ id, phoneNumber, name, isLink = false }: Props) => {
  const client = useQueryClient();
  const record = id === null ? undefined : findRecord(client, id);
  const number = (record?.phone_number_international ?? formatTyped(phoneNumber, '')) || 'No number';
  const called = name === undefined ? record?.friendly_name : name;
  return (
    <span className="flex min-w-0 items-baseline gap-x-2.5">
      <span className="shrink-0 font-medium whitespace-nowrap">
        {isLink && id !== null ? (
          <Link
            href={`/numbers/${encodeURIComponent(id)}`}
            className="rounded-sm underline decoration-line-2 underline-offset-3 hover:decoration-current"
          >
            {number}
          </Link>
        ) : (
          number
        )}
      </span>
      {called && (
        <bdi className="min-w-0 truncate text-ink-2" title={called}>
          {called}
        </bdi>
      )}
    </span>
  );
};
