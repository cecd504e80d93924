import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

export type ListedRow = PhoneNumberRow & { name_key?: string };

/** Behind every country there is. */
export const NO_COUNTRY = 'ZZ';
export const countryKey = `coalesce(country, '${NO_COUNTRY}')`;

interface SortKey {
  /** What is compared, as the order's index has it, and the column it is made of. */
  expression: string;
  column: string;
  of: (row: ListedRow) => string;
}

const column = (name: 'phone_number' | 'created_at' | 'updated_at' | 'provider'): SortKey => ({
  expression: name,
  column: name,
  of: (row) => row[name],
});

const sortKeys: Record<PhoneNumberSortField, SortKey> = {
  phone_number: column('phone_number'),
  friendly_name: { expression: 'name_key', column: 'name_key', of: ({ name_key: key }) => key ?? '' },
  created_at: column('created_at'),
  updated_at: column('updated_at'),
  provider: column('provider'),
  country: { expression: countryKey, column: 'country', of: ({ country }) => country ?? NO_COUNTRY },
};
export const sortKeyOf = (field: PhoneNumberSortField): SortKey => sortKeys[field];

// A phone number is unique among those that are there: it needs no second key.
const needsId = (field: PhoneNumberSortField) => field !== 'phone_number';

/** What rows are compared by, one after the other. */
export const orderOf = (field: PhoneNumberSortField): string[] => [
  sortKeys[field].expression,
  ...(needsId(field) ? ['id'] : []),
];

/** Where the page after this row begins. */
export const positionOf = (row: ListedRow, field: PhoneNumberSortField): string[] => [
  sortKeys[field].of(row),
  ...(needsId(field) ? [row.id] : []),
];
