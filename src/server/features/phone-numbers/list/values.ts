/** Keeps a value for the statement, and answers its place there. */
export type Add = (value: unknown) => string;

export const addingTo =
  (values: unknown[]): Add =>
  (value) =>
    `$${values.push(value)}`;
