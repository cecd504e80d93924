import type { Database, Transaction } from '#server/platform/db/database.ts';
import {
  continueCounting,
  findLastKey,
  findTables,
  readRowHashes,
  readRows,
  writeRows,
  type CopiedTable,
  type KeyPosition,
  type RowHash,
} from './copied-table.ts';
import { beginIncomingMove, endIncomingMove, isHalfMoved } from './incoming-move.ts';

/** Said to whoever asked for it. What was moved from is unchanged in any case. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

export interface Move {
  from: Database;
  /** Brought up to this code; its tables empty, or filled so far by a move that was cut off. */
  to: Database;
  /** Done on the target, in the transaction that ends the move. */
  finish: (tx: Transaction) => Promise<void>;
  onTable: (name: string, rows: number) => void;
}

// A row may be some hundred kilobytes.
const PAGE_ROWS = 500;

const copy = async ({ from, to }: Move, table: CopiedTable): Promise<void> => {
  let after: KeyPosition = await findLastKey(to, table);
  for (;;) {
    const behind = after;
    const rows = await from.transaction((tx) => readRows(tx, table, behind, PAGE_ROWS));
    const last = rows.at(-1);
    if (last === undefined) return;
    await to.transaction((tx) => writeRows(tx, table, rows));
    after = last.key;
  }
};

const refuseDifference = (table: CopiedTable, ours: readonly RowHash[], theirs: readonly RowHash[]): void => {
  const longer = ours.length >= theirs.length ? ours : theirs;
  const at = longer.findIndex((_, each) => ours[each]?.hash !== theirs[each]?.hash);
  if (at < 0) return;
  throw new MoveRefused(
    `The row ${longer[at]?.key.join(', ')} of ${table.name} is not the same in both. The embedded database has changed since this move ` +
      'began, or something else has written to the other one. Nothing is lost: move again, to a database made anew.',
  );
};

/** Every row of both, side by side. Returns how many there are. */
const compare = async ({ from, to }: Move, table: CopiedTable): Promise<number> => {
  const pageOf = (database: Database, after: KeyPosition) =>
    database.transaction((tx) => readRowHashes(tx, table, after, PAGE_ROWS));
  let count = 0;
  let after: KeyPosition = null;
  for (;;) {
    const ours: RowHash[] = await pageOf(from, after);
    refuseDifference(table, ours, await pageOf(to, after));
    count += ours.length;
    const last = ours.at(-1);
    if (last === undefined) return count;
    after = last.key;
  }
};

const begin = async ({ to }: Move, tables: readonly CopiedTable[]): Promise<void> => {
  if (await isHalfMoved(to)) return;
  for (const table of tables)
    if ((await findLastKey(to, table)) !== null)
      throw new MoveRefused(`That database is in use: it holds rows of ${table.name}. Name an empty one.`);
  await beginIncomingMove(to);
};

/**
 * Copies every row of every table, page by page in the order of the primary keys, so that a move that was cut
 * off goes on behind the last row that arrived; then compares all of them. Only then may the target be
 * served: see
 * `incoming-move.ts`. Returns how many rows there are.
 */
export const moveDatabase = async (move: Move): Promise<number> => {
  const tables = await findTables(move.from);
  await begin(move, tables);
  for (const table of tables) await copy(move, table);
  let rows = 0;
  for (const table of tables) {
    const count = await compare(move, table);
    move.onTable(table.name, count);
    rows += count;
  }
  await move.to.transaction(async (tx) => {
    await continueCounting(tx);
    await move.finish(tx);
    await endIncomingMove(tx);
  });
  await move.to.query('analyze');
  return rows;
};
