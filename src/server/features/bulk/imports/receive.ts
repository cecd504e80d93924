import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { IMPORT_HOURS, MAX_IMPORT_BYTES, type ImportQuery } from '#contract/bulk/imports.ts';
import { MAX_OPEN_PLANS } from '#contract/bulk/plans.ts';
import type { Upload } from '#contract/endpoint.ts';
import { fileTypes } from '#contract/numbers/table/table-columns.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { FileRefused } from '#server/features/imports/reading/file-refused.ts';
import { readTable } from '#server/features/imports/reading/read-table.ts';
import type { RowReading } from '#server/features/imports/reading/row.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Plans } from '#server/features/bulk/plans.ts';
import { dropOldPlans, insertPlan } from '#server/features/bulk/rows/plan-store.ts';
import { noChange } from '#server/features/bulk/rows/stored-change.ts';
import { fileToKeep, optionsToKeep } from './import-options.ts';
import { deletePlan, deleteRowsBetween, finishReceiving } from './import-store.ts';
import { keepRow, type KeptRow } from './given-row.ts';

interface ReceiveDependencies {
  database: Database;
  held: HeldSecrets;
  plans: Pick<Plans, 'addRows' | 'beginJudging'>;
}

// As long as an upload may take, and some more: what a killed server leaves goes with the plans whose time is
// over.
const RECEIVING_MINUTES = 60;
const PIECE_CHARACTERS = 1_000_000;
const TASK_MS = 10;

const problemOf = ({ code, message }: FileRefused): Problem => {
  if (code === 'file_too_large') return new Problem('body_too_large', message);
  if (code === 'unknown_heading' || code === 'unknown_mapping_field')
    return fieldProblem([{ pointer: '/mapping', code, message }]);
  return new Problem('unreadable_file', message, { errors: [{ pointer: '', code, message }] });
};

/** Rows to be kept at once. Between tasks of a few milliseconds everybody else is answered. */
const inPieces = async function* (
  readings: AsyncIterable<RowReading>,
  rowsAtMost: number,
): AsyncGenerator<KeptRow[]> {
  let piece: KeptRow[] = [];
  let size = 0;
  let since = performance.now();
  for await (const reading of readings) {
    const kept = keepRow(reading);
    piece.push(kept);
    size += kept.size;
    if (piece.length >= rowsAtMost || size >= PIECE_CHARACTERS) {
      yield piece;
      [piece, size] = [[], 0];
    }
    if (performance.now() - since < TASK_MS) continue;
    await yieldToEventLoop();
    since = performance.now();
  }
  if (piece.length > 0) yield piece;
};

/**
 * Takes a file in, row by row as it comes. The promise: no more of it is in memory than a piece; its
 * credentials are sealed with the rows they stand in; and of a file that is refused, or breaks off, nothing
 * stays.
 */
export const createReceive = ({ database, held, plans }: ReceiveDependencies) => {
  const rowsAtMost = database.isOneSession ? 100 : 500;

  const begin = (tx: Transaction, id: string, context: RequestContext, query: ImportQuery): Promise<void> => {
    const { actor, address, requestId } = context;
    return insertPlan(
      tx,
      {
        id,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.name,
        address,
        request_id: requestId,
        selection: null,
        change: {
          ...noChange,
          fields: [],
          kind: 'import',
          ...(query.file_name !== undefined && { file_name: query.file_name }),
          options: { options: optionsToKeep(query) },
        },
      },
      RECEIVING_MINUTES,
    );
  };

  const keep = async (tx: Transaction, id: string, from: number, piece: readonly KeptRow[]) => {
    await plans.addRows(
      tx,
      id,
      from,
      piece.map(({ row }) => row),
    );
    await held.hold(
      tx,
      id,
      piece.map(({ secrets }, at) => ({ place: from + at, secrets })),
    );
  };

  const forget = async (id: string, rows: number): Promise<void> => {
    for (let from = 0; from < rows; from += rowsAtMost)
      await database.transaction((tx) => deleteRowsBetween(tx, id, from, from + rowsAtMost));
    await database.transaction((tx) => deletePlan(tx, id));
  };

  return async (context: RequestContext, id: string, query: ImportQuery, upload: Upload): Promise<void> => {
    const format = upload.type === fileTypes.csv ? 'csv' : 'jsonl';
    const table = readTable(upload.bytes, {
      format,
      mapping: query.mapping,
      defaultCountry: query.default_country,
      digits: query.digits,
      maxBytes: MAX_IMPORT_BYTES,
    });
    let hasBegun = false;
    let total = 0;
    const within = async (work: (tx: Transaction) => Promise<void>) => {
      await database.transaction(async (tx) => {
        if (!hasBegun) await begin(tx, id, context, query);
        await work(tx);
      });
      hasBegun = true;
    };
    let keeping: Promise<void> | undefined;
    try {
      for await (const piece of inPieces(table.rows, rowsAtMost)) {
        await keeping;
        const from = total;
        total += piece.length;
        // While it is written the next is read.
        keeping = within((tx) => keep(tx, id, from, piece));
        keeping.catch(() => {});
      }
      await keeping;
      await within(async (tx) => {
        await plans.beginJudging(tx, id);
        await finishReceiving(tx, id, fileToKeep(format, table.facts()), IMPORT_HOURS);
        await dropOldPlans(tx, context.actor, MAX_OPEN_PLANS);
      });
    } catch (error) {
      await keeping?.catch(() => {});
      // Where even that fails, it goes with the plans whose time is over.
      if (hasBegun) await forget(id, total).catch(() => {});
      throw error instanceof FileRefused ? problemOf(error) : error;
    }
  };
};
