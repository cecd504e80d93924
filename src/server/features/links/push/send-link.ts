import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { OpenConnection } from '#server/features/connections/open-connection.ts';
import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { LinkRow } from '#server/features/links/rows/link-store.ts';
import type { FindThere } from './find-there.ts';
import { NO_SECRET, WITHHELD, type Values } from '#server/features/links/compare/link-values.ts';
import { notKept, othersChanged } from '#server/features/links/compare/compare-record.ts';
import { marksOfTheirs, type createReadMine, type Mine } from '#server/features/links/compare/mine.ts';
import { planSave, settle, type Base, type Theirs } from '#server/features/links/compare/plan-save.ts';
import type { PendingRow } from '#server/features/links/rows/queue-store.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import type { Standing } from './standing.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';

type Body = Record<string, string | null>;

export interface SendDependencies {
  readMine: ReturnType<typeof createReadMine>;
  secretsToSend: Pick<SecretsToSend, 'markOf'>;
  findThere: FindThere;
  queryable: Queryable;
}

/** What a write replaces, and what both have by then: what was sent before may have arrived since. */
export interface Replaced {
  before: UpstreamNumber;
  base: Base;
}

/** What is known of a number that is being sent. */
export interface Sending {
  link: LinkRow;
  pending: PendingRow;
  number: PhoneNumber;
  opened: OpenConnection;
  /** Writes down what goes out and what it replaces, before it goes. False: somebody else has it in hand. */
  noteSending(sent: { values: Values; marks: Values }, replaced: Replaced | null): Promise<boolean>;
}

/** Somebody else has it in hand: whatever comes of it, they say. */
export class NotHeld extends Error {}

const theirsOf = (answered: UpstreamNumber, secretsToSend: Pick<SecretsToSend, 'markOf'>): Theirs => ({
  values: answered.fields,
  marks: marksOfTheirs(answered, secretsToSend),
  secrets: answered.secrets,
});

const only = (values: Values, fields: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => fields.includes(name)));

/** Where what was sent last, of which nothing was heard, has arrived, both have it. */
const withArrived = ({ seen, seen_marks, sent, sent_marks }: LinkRow, theirs: Theirs): Base => {
  const arrived = (answered: Values, last: Values | null) =>
    Object.fromEntries(
      Object.entries(last ?? {}).filter(([name, value]) => (answered[name] ?? null) === value),
    );
  return {
    seen: { ...seen, ...arrived(theirs.values, sent) },
    marks: { ...seen_marks, ...arrived(theirs.marks, sent_marks) },
  };
};

/**
 * The promise of a safe save: the platform's record is read, compared with what both last had and what is here,
 * sent whole, and read back. What somebody changed there is not overwritten, and nothing counts as there that
 * was not read there.
 */
export const createSendLink = ({ readMine, secretsToSend, queryable }: SendDependencies) => {
  const stand = (
    state: Standing['state'],
    reason: string | null,
    fields: readonly string[],
    known: { base: Base; theirs: Theirs | null },
  ): Standing => ({
    state,
    reason,
    message: wordsOf(state, reason, fields),
    seen: known.base.seen,
    seen_marks: known.base.marks,
    ...(known.theirs && { theirs: known.theirs.values, theirs_marks: known.theirs.marks, isSeenNow: true }),
    sent: null,
    sent_marks: null,
    next: state === 'synced' || state === 'drift' ? 'done' : 'wait',
  });

  const marksOf = (mine: Mine, body: Body): Values =>
    Object.fromEntries(
      Object.keys(mine.marks)
        .filter((name) => name in body)
        .map((name) => {
          const value = body[name] ?? null;
          return [name, value === null ? NO_SECRET : secretsToSend.markOf(value)];
        }),
    );

  const valuesOf = (mine: Mine, body: Body): Values =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !(name in mine.marks)));

  /**
   * The record as it is after a write; where nothing was heard of the write, only if it has arrived. Of a secret
   * that is new and withheld nobody can tell: it is sent again.
   */
  const writeAndRead = async (
    { opened, link }: Sending,
    body: Body,
    kept: ReturnType<OpenConnection['kind']['fieldsOf']>,
    newSecrets: readonly string[],
  ): Promise<UpstreamNumber> => {
    const id = link.upstream_id ?? '';
    const { kind, client } = opened;
    try {
      await kind.patchNumber(client, id, body);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      // One answer alone does not say that it is gone.
      if (error.code === 'not_found') {
        await kind.getNumber(client, id);
        throw new UpstreamError(
          'unavailable',
          'The platform has this number, but does not let it be changed.',
        );
      }
      if (!error.mayHaveChanged) throw error;
      const found = await kind.getNumber(client, id).catch(() => null);
      if (found === null || notKept(kept, body, found).length > 0) throw error;
      const { marks } = theirsOf(found, secretsToSend);
      if (newSecrets.some((name) => (marks[name] ?? WITHHELD) === WITHHELD)) throw error;
      return found;
    }
    return kind.getNumber(client, id);
  };

  return async (sending: Sending): Promise<Standing> => {
    const { link, pending, number, opened } = sending;
    const { kind, client } = opened;
    const kept = kind.fieldsOf(number.provider);
    const before = await kind.getNumber(client, link.upstream_id ?? '');
    const theirs = theirsOf(before, secretsToSend);
    const base = withArrived(link, theirs);
    const mine = await readMine(queryable, number, link.connection_id, kept);
    const compared = { kept, mine, base, theirs };
    const plan = planSave(compared, pending.fields);
    if (plan.does === 'wait') return stand(plan.state, plan.reason, plan.fields, { base, theirs });
    if (plan.does === 'nothing') {
      const now = settle(compared);
      return stand(now.state, now.reason, now.fields, { base: now.base, theirs });
    }
    const { body } = plan;
    const sent = { values: valuesOf(mine, body), marks: marksOf(mine, body) };
    // What is sent as it is there need not be known again.
    const noted = { values: only(sent.values, plan.changed), marks: only(sent.marks, plan.changed) };
    if (!(await sending.noteSending(noted, { before, base }))) throw new NotHeld();
    const newSecrets = Object.keys(sent.marks).filter((name) => sent.marks[name] !== base.marks[name]);
    const after = await writeAndRead(sending, body, kept, newSecrets);
    const theirsNow = theirsOf(after, secretsToSend);
    const changed = notKept(kept, body, after);
    if (changed.length > 0) return stand('refused', 'not_kept', changed, { base, theirs: theirsNow });
    // What is withheld was sent and taken: that is what it is now.
    const withheld = Object.keys(sent.marks).filter((name) => theirsNow.marks[name] === WITHHELD);
    const marks = {
      ...base.marks,
      ...Object.fromEntries(withheld.map((name) => [name, sent.marks[name] ?? NO_SECRET])),
    };
    const now = settle({ kept, mine, base: { seen: base.seen, marks }, theirs: theirsNow });
    const others = othersChanged(kept, before, after);
    if (now.state === 'synced' && others.length > 0)
      return stand('drift', 'other_fields_changed', others, { base: now.base, theirs: theirsNow });
    return stand(now.state, now.reason, now.fields, { base: now.base, theirs: theirsNow });
  };
};
