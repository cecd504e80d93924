import { NumberTable, type Generation } from './number-table.ts';
import type { RoutedRow } from './store.ts';

/** `+14155552671` → 14155552671. */
const keyOf = (phoneNumber: string): number => Number(phoneNumber.slice(1));

/**
 * Every number as it is decided by: those without rules and preferences in the table alone, the others whole
 * beside it.
 */
export const createKnownNumbers = () => {
  const table = new NumberTable();
  const ruled = new Map<number, RoutedRow>();

  const forgetKey = (key: number) => {
    table.delete(key);
    ruled.delete(key);
  };

  return {
    learn(row: RoutedRow, generation: Generation): void {
      const key = keyOf(row.phone_number);
      const {
        id,
        inbound_agent_id: inboundAgentId,
        outbound_agent_id: outboundAgentId,
        sip_caller_format: callerFormat,
        version,
      } = row;
      table.set(key, { id, inboundAgentId, outboundAgentId, callerFormat, version }, generation);
      if (row.routing === null && row.call_handling === null && row.temporary_reassignment === null)
        ruled.delete(key);
      else ruled.set(key, row);
    },

    /**
     * Undefined `phoneNumber`: nothing of the row is left but its id. A number added again under another id
     * stays.
     */
    forget(id: string, phoneNumber: string | undefined): void {
      const key = phoneNumber === undefined ? table.keyOfId(id) : keyOf(phoneNumber);
      if (key !== undefined && table.get(key)?.id === id) forgetKey(key);
    },

    /** What a whole pass over the database has not seen is not there any more. */
    forgetUnseen(generation: Generation): void {
      for (const key of table.unseen(generation)) forgetKey(key);
    },

    find(phoneNumber: string): RoutedRow | undefined {
      const key = keyOf(phoneNumber);
      const whole = ruled.get(key);
      if (whole) return whole;
      const row = table.get(key);
      return (
        row && {
          id: row.id,
          version: row.version,
          phone_number: phoneNumber,
          inbound_agent_id: row.inboundAgentId,
          outbound_agent_id: row.outboundAgentId,
          sip_caller_format: row.callerFormat,
          routing: null,
          call_handling: null,
          temporary_reassignment: null,
        }
      );
    },

    reserve: (rows: number) => table.reserve(rows),
    get size() {
      return table.size;
    },
  };
};
