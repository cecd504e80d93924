import type { Queryable, Statement } from './database.ts';

/*
 * Statements for sets. The commonest set is one, and it must cost no more for being a set: it is found by its
 * key and given as parameters of its own. Many are given as JSON, whatever their number by the same text, so
 * that no statement grows with the set and each is planned once.
 */

type Run = <Row>(queryable: Queryable, values: readonly unknown[], isOne: boolean) => Promise<Row[]>;

const inBothSizes = (name: string, one: string, many: string): Run => {
  const statement = (size: string, text: string): Statement => ({
    name: `${name}_${size}`,
    text,
    instants: 'iso',
  });
  const [ofOne, ofMany] = [statement('one', one), statement('many', many)];
  return (queryable, values, isOne) => queryable.query(isOne ? ofOne : ofMany, values);
};

/**
 * That a column is one of these whole numbers, given by `asParameters` from this parameter on. Also between which they lie:
 * of a table that it does not know yet the planner would look through all that the rest of the condition finds.
 */
export const isOneOf = (column: string, from: number): string =>
  `${column} = any ($${from}) and ${column} between $${from + 1} and $${from + 2}`;
export const asParameters = (numbers: readonly number[]): unknown[] => [
  numbers,
  Math.min(...numbers),
  Math.max(...numbers),
];

/** On whatever has one of these keys: `textOf` is told how to ask for it. */
export const forKeys = (name: string, textOf: (is: string) => string) => {
  // Asked for so, the planner does not see how many they are: it would plan each set anew.
  const run = inBothSizes(name, textOf('= $1'), textOf('= any ((select $1::text[])::text[])'));
  return <Row>(queryable: Queryable, keys: readonly string[]): Promise<Row[]> => {
    const isOne = keys.length === 1;
    return run(queryable, isOne ? [keys[0]] : [keys], isOne);
  };
};

export interface Given {
  /** The rows, to stand behind `from`, under the alias `given`. */
  rows: string;
  /** That a row under the alias p is the given one, by their ids. */
  isGiven: string;
  isOne: boolean;
}

const asText = (value: unknown, type: string): unknown => {
  if (type === 'bytea') return `\\x${(value as Buffer).toString('hex')}`;
  return type === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : value;
};

/** What a row has none of is left out: that is read as null, and is neither written nor sent. */
const asJson = (
  row: Readonly<Record<string, unknown>>,
  types: readonly (readonly [column: string, type: string])[],
): Record<string, unknown> => {
  const given: Record<string, unknown> = {};
  for (const [column, type] of types) {
    const value = row[column] ?? null;
    if (value !== null) given[column] = type === 'bytea' ? asText(value, type) : value;
  }
  return given;
};

/** With rows that are given, of these columns and their types. */
export const forRows = (
  name: string,
  columns: Readonly<Record<string, string>>,
  textOf: (given: Given) => string,
) => {
  const types = Object.entries(columns);
  const one = `(select ${types.map(([column, type], at) => `$${at + 1}::${type} as ${column}`).join(', ')}) as given`;
  const many = `jsonb_to_recordset($1) as given (${types.map((column) => column.join(' ')).join(', ')})`;
  // The planner takes what comes as JSON for a hundred rows; by their ids it finds them without looking
  // through the table.
  const isOneOf = `p.id = any (array (select given.id from ${many})) and p.id = given.id`;
  const run = inBothSizes(
    name,
    textOf({ rows: one, isGiven: 'p.id = given.id', isOne: true }),
    textOf({ rows: many, isGiven: isOneOf, isOne: false }),
  );
  return <Row>(queryable: Queryable, rows: readonly Readonly<Record<string, unknown>>[]): Promise<Row[]> => {
    const [first] = rows;
    if (rows.length === 1 && first !== undefined)
      return run(
        queryable,
        types.map(([column, type]) => asText(first[column], type)),
        true,
      );
    return run(queryable, [JSON.stringify(rows.map((row) => asJson(row, types)))], false);
  };
};
