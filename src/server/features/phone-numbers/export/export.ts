import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneNumberExportQuery } from '#contract/numbers/list/phone-number-export.ts';
import { fileTypes, usualColumns } from '#contract/numbers/table/table-columns.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { hoursNow } from '#server/features/phone-numbers/list/answering-now.ts';
import { createFindTerms, refuseForeignFingerprint } from '#server/features/phone-numbers/list/find-terms.ts';
import type { ListedRow } from '#server/features/phone-numbers/list/list-order.ts';
import { selectionOf } from '#server/features/phone-numbers/list/selection.ts';
import { newId } from '#server/lib/ids.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { FileToSend, SendPiece } from '#server/platform/http/respond-file.ts';
import { Problem } from '#server/problem.ts';
import { actorKey, type RequestContext } from '#server/request-context.ts';
import { selectAll } from './select-all.ts';
import { openTableWriter, type AgentNames } from './write-table.ts';

interface ExportDependencies {
  database: Database;
  agents: Pick<AgentsService, 'findAgentIds' | 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

// So long an export that is ending may take to end.
const ENDING_MS = 500;

/** Resolves once the file has begun. */
export type SendFile = (file: FileToSend) => Promise<Response>;

const told = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, after]) => [name, { before: null, after }]));

// The log is read by more people than may compare credentials.
const toldFilter = ({ fingerprint, ...filter }: { fingerprint?: string | undefined }) =>
  fingerprint === undefined ? filter : { ...filter, fingerprint: 'given' };

const tooMany = () =>
  new Problem(
    'too_many_requests',
    'An export of yours is under way. Wait until it has ended, or end it, and ask again.',
    { retry_after_seconds: 5 },
  );

/**
 * The promise: that an export began is on record before the first number leaves, and that it ended, with how
 * many left, before the file ends: a file that is whole has both. One runs at a time for whoever asks.
 */
export const createExport = ({ database, agents, businessHours }: ExportDependencies) => {
  const findTerms = createFindTerms({ database, agents });
  const exporting = new Map<string, Promise<void>>();

  /** Resolves to what ends it. One that was just left may not have heard of that yet, and is waited for. */
  const begin = async (asker: string): Promise<() => void> => {
    if (exporting.has(asker))
      await Promise.race([exporting.get(asker), delay(ENDING_MS, undefined, { ref: false })]);
    if (exporting.has(asker)) throw tooMany();
    let tell = () => {};
    exporting.set(asker, new Promise((resolve) => (tell = resolve)));
    return () => {
      exporting.delete(asker);
      tell();
    };
  };

  const findSelection = async ({ q, ...filter }: Omit<PhoneNumberExportQuery, 'format' | 'columns'>) => {
    const hours = filter.answering_now === undefined ? [] : await businessHours.findHours(database, null);
    return selectionOf(filter, await findTerms(q), hoursNow(hours, new Date()));
  };

  const createAgentNames = () => {
    const names = new Map<string, string>();
    return async (rows: readonly ListedRow[]): Promise<AgentNames> => {
      const ids = new Set(
        rows.flatMap((row) => [row.inbound_agent_id ?? [], row.outbound_agent_id ?? []].flat()),
      );
      const unknown = [...ids].filter((id) => !names.has(id));
      if (unknown.length > 0)
        for (const { id, name } of await agents.findNames(database, unknown)) names.set(id, name);
      return names;
    };
  };

  return async (
    context: RequestContext,
    { format, columns = [...usualColumns[format]], ...asked }: PhoneNumberExportQuery,
    runHeavy: RunHeavy,
    sendFile: SendFile,
  ): Promise<Response> => {
    refuseForeignFingerprint(context.actor, asked);
    const asker = actorKey(context.actor);
    const end = await begin(asker);
    const name = `phone-numbers-${new Date().toISOString().slice(0, 10)}.${format}`;
    const subject = { kind: 'export' as const, id: newId(), name };
    const record = (action: 'export_begun' | 'exported', values: Readonly<Record<string, unknown>>) =>
      database.transaction((tx) =>
        recordAudit(tx, context, { action: `phone_numbers.${action}`, subject, changes: told(values) }),
      );

    const sendAll = async (send: SendPiece, progress: { hasBegun: boolean; numbers: number }) => {
      const selection = await findSelection(asked);
      const { head, write } = openTableWriter(format, columns);
      const namesOf = createAgentNames();
      await runHeavy(async (turn) => {
        await record('export_begun', { filter: toldFilter(asked), format, columns });
        progress.hasBegun = true;
        let text = head;
        for await (const rows of selectAll(database, selection, turn)) {
          text += write(rows, await namesOf(rows));
          if (text !== '') await send(text);
          text = '';
          progress.numbers += rows.length;
        }
      });
    };

    const produce = async (send: SendPiece) => {
      const progress = { hasBegun: false, numbers: 0 };
      let isSent = false;
      const recordEnd = (isWhole: boolean) =>
        record('exported', { numbers: progress.numbers, is_whole: isWhole });
      try {
        await sendAll(send, progress);
        isSent = true;
        await recordEnd(true);
      } catch (error) {
        // What broke it off is told, also where its end cannot be recorded for the same reason.
        if (progress.hasBegun && !isSent) await recordEnd(false).catch(() => {});
        throw error;
      } finally {
        end();
      }
    };

    return sendFile({
      type: `${fileTypes[format]}; charset=utf-8`,
      name,
      requestId: context.requestId,
      produce,
    });
  };
};
