import type { Link, LinkDetail, LinkField } from '#contract/connections/links.ts';
import { fieldNames } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { MASK } from '#contract/primitives.ts';
import type { UpstreamFields } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { LinkRow } from '#server/features/links/rows/link-store.ts';
import { NO_SECRET, WITHHELD, type Values } from '#server/features/links/compare/link-values.ts';
import type { Mine } from '#server/features/links/compare/mine.ts';
import { differencesOf } from '#server/features/links/compare/plan-save.ts';

type Kept = Pick<UpstreamFields, 'editable' | 'secret' | 'fixed'>;

interface Presented {
  link: LinkRow;
  number: PhoneNumber;
  kept: Kept;
  mine: Mine;
  /** Which agents here have these ids there. */
  agentsThere: ReadonlyMap<string, string>;
}

/** What fields are told from: of the number only its agents. */
export type PresentedFields = Omit<Presented, 'number'> & {
  number: Pick<PhoneNumber, 'inbound_agent_id' | 'outbound_agent_id'>;
};

const masked = (mark: string | null | undefined): string | null =>
  mark === undefined || mark === null || mark === NO_SECRET || mark === WITHHELD ? null : MASK;

const agentFields: readonly string[] = ['inbound_agent_id', 'outbound_agent_id'];

/** Mine, theirs and last seen, field by field; of secrets only whether they are set. */
export const presentFields = ({ link, number, kept, mine, agentsThere }: PresentedFields): LinkField[] => {
  const theirs = { values: link.theirs, marks: link.theirs_marks, secrets: {} };
  const base = { seen: link.seen, marks: link.seen_marks };
  const differences = differencesOf({ kept, mine, base, theirs });
  // Before it was ever read nothing is known to differ.
  const stateOf = (field: string) => (link.seen_at === null ? 'same' : (differences.get(field) ?? 'same'));
  const record: Readonly<Record<string, unknown>> = number;
  const valueIn = (values: Values, field: string) => values[field] ?? null;
  const plain = kept.editable.map((field): LinkField => {
    const there = valueIn(link.theirs, field);
    const here = record[field];
    return {
      field,
      is_secret: false,
      mine: valueIn(mine.values, field),
      theirs: there,
      seen: valueIn(link.seen, field),
      ...(agentFields.includes(field) && {
        mine_agent_id: typeof here === 'string' ? here : null,
        theirs_agent_id: there === null ? null : (agentsThere.get(there) ?? null),
      }),
      is_withheld: false,
      state: stateOf(field),
    };
  });
  const secret = kept.secret.map((field): LinkField => ({
    field,
    is_secret: true,
    mine: masked(mine.marks[field]),
    theirs: masked(link.theirs_marks[field]),
    seen: masked(link.seen_marks[field]),
    is_withheld: link.seen_at !== null && (link.theirs_marks[field] ?? WITHHELD) === WITHHELD,
    state: stateOf(field),
  }));
  return [...plain, ...secret];
};

/** What of a number stays here. */
export const fieldsNotSent = ({ editable, secret, fixed }: Kept, number: PhoneNumber): string[] => {
  const sent = new Set([...editable, ...secret, ...fixed]);
  return fieldNames.filter((name) => Object.hasOwn(number, name) && !sent.has(name));
};

export const presentLink = (
  shown: Link,
  presented: Presented,
  more: Pick<LinkDetail, 'before_images' | 'expected_at'>,
): LinkDetail => ({
  ...shown,
  phone_number_id: presented.number._id,
  upstream_id: presented.link.upstream_id,
  fields: presentFields(presented),
  fields_not_sent: fieldsNotSent(presented.kept, presented.number),
  ...more,
});
