import { SealBroken } from '#server/platform/secrets/cipher.ts';

/** How many sealed rows there are, and the places of those that do not open. */
export interface SealsChecked {
  count: number;
  broken: string[];
}

/** Opens all of them. `placeOf` says in words where one stands. */
export const findBroken = async <Row>(
  batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  open: (row: Row) => unknown,
  placeOf: (row: Row) => string,
): Promise<SealsChecked> => {
  const broken: string[] = [];
  let count = 0;
  for await (const rows of batches) {
    count += rows.length;
    for (const row of rows) {
      try {
        open(row);
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        broken.push(placeOf(row));
      }
    }
  }
  return { count, broken };
};
