import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { AuditChange } from '#contract/audit-events.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { Fingerprints } from '#server/platform/secrets/fingerprints.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { CredentialChange, CredentialsService } from '#server/features/credentials/service.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { applyPatch, askedCredentials, fieldChanges } from './apply-patch.ts';
import type { Draft, RoutingCheck } from './check-routing.ts';
import type { NumberAtVersion, VersionCheck } from './check-versions.ts';
import { auditedCredentials, withMarks } from '#server/features/phone-numbers/rows/marks.ts';
import { attempt, notFound, outcomeOf, type Judgement, type Outcome } from './outcome.ts';
import { readPatch } from './read-patch.ts';
import { recordActs } from './record-acts.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import {
  lockPhoneNumbers,
  selectPhoneNumbersByIds,
  updatePhoneNumbers,
} from '#server/features/phone-numbers/rows/store.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';

type Patch = Readonly<Record<string, unknown>>;

/** What is to become of one number: a merge patch, as it was sent, or made of what the number is. */
export interface PhoneNumberChange extends NumberAtVersion {
  patch: Patch | ((before: PhoneNumberRow) => Patch);
  /** Of the event: where it comes from, when that is no patch. */
  detail?: string;
}

interface ChangeDependencies {
  credentials: CredentialsService;
  fingerprints: Fingerprints;
  checkVersions: VersionCheck;
  checkRouting: RoutingCheck;
  outbox: Outbox;
}

type ReadDraft = Draft & {
  provider: PhoneNumberRow['provider'];
  before: PhoneNumberRow;
  asked: ReturnType<typeof askedCredentials>;
  detail: string | undefined;
};
type ChangedDraft = ReadDraft & { secrets: CredentialChange[]; changes: Record<string, AuditChange> };

/**
 * The promise: there is no other way to change a number. Whatever comes, one patch or a thousand, is locked
 * in the order of the ids, compared with the versions held, read, judged as a set, and written with its
 * events and its announcement in the transaction given. Answers, in the order asked, what became of each; a
 * patch that changes nothing writes nothing.
 */
export const createChange = ({
  credentials,
  fingerprints,
  checkVersions,
  checkRouting,
  outbox,
}: ChangeDependencies) => {
  const read = async (
    context: RequestContext,
    before: PhoneNumberRow,
    { patch, detail }: PhoneNumberChange,
  ): Promise<ReadDraft> => {
    const plain = toPhoneNumber(before, fingerprints.plain);
    // Without credentials it is shown to everybody in one way.
    const forms: readonly [PhoneNumber, ...PhoneNumber[]] =
      Object.keys(before.credential_fingerprints).length === 0
        ? [plain]
        : [plain, toPhoneNumber(before, fingerprints.veiled)];
    const asked = await readPatch(context, forms, typeof patch === 'function' ? patch(before) : patch);
    return {
      phone_number: before.phone_number,
      provider: before.provider,
      links: before.links ?? [],
      before,
      after: applyPatch(before, before.provider, asked),
      asked: askedCredentials(before.provider, asked),
      errors: [],
      detail,
    };
  };

  const compare = async (
    tx: Transaction,
    context: RequestContext,
    drafts: readonly ReadDraft[],
  ): Promise<ChangedDraft[]> => {
    const numbers = drafts.map(({ before, asked }) => ({
      id: before.id,
      marks: before.credential_fingerprints,
      asked,
    }));
    const found = await credentials.findCredentialChanges(tx, context, numbers);
    return drafts.flatMap((draft, at) => {
      const secrets = found[at] ?? [];
      const changes = { ...fieldChanges(draft.before, draft.after), ...auditedCredentials(secrets) };
      return Object.keys(changes).length === 0 ? [] : [{ ...draft, secrets, changes }];
    });
  };

  const write = async (
    tx: Transaction,
    context: RequestContext,
    drafts: readonly ChangedDraft[],
  ): Promise<PhoneNumberRow[]> => {
    if (drafts.length === 0) return [];
    const next = drafts.map(({ before, after, secrets }) => ({
      ...before,
      ...after,
      credential_fingerprints: withMarks(before.credential_fingerprints, secrets, before.version + 1),
    }));
    const written = await updatePhoneNumbers(tx, next);
    const drafted = new Map(drafts.map((draft) => [draft.before.id, draft]));
    const acts = written.map((row) => ({
      row,
      secrets: drafted.get(row.id)?.secrets ?? [],
      changes: drafted.get(row.id)?.changes ?? {},
      detail: drafted.get(row.id)?.detail,
    }));
    if (acts.length !== drafts.length) throw new Error('A locked number is gone');
    await credentials.saveCredentials(
      tx,
      context,
      acts.map(({ row: { id, version }, secrets }) => ({ id, version, changes: secrets })),
    );
    await recordActs(tx, context, 'updated', acts);
    await outbox.queueChanged(
      tx,
      context,
      acts.flatMap(({ row: { id, provider, links = [] }, changes }) =>
        links.length === 0 ? [] : [{ id, provider, links, fields: Object.keys(changes) }],
      ),
    );
    return written;
  };

  /** Reads and judges each of the set, as it is found. */
  const judge = async (
    tx: Transaction,
    context: RequestContext,
    changes: readonly PhoneNumberChange[],
    found: readonly PhoneNumberRow[],
  ) => {
    const { rows, refusals } = await checkVersions(tx, context, changes, found);
    const drafts: ReadDraft[] = [];
    for (const change of changes) {
      const before = rows.get(change.id);
      const draft = before && (await attempt(read(context, before, change)));
      if (draft instanceof Problem) refusals.set(change.id, draft);
      else if (draft) drafts.push(draft);
    }
    const changed = await compare(tx, context, drafts);
    const errors = await checkRouting(tx, changed);
    for (const [at, found] of errors.entries())
      if (found.length > 0) refusals.set(changed[at]?.before.id ?? '', fieldProblem(found));
    const sound = changed.filter(({ before }) => !refusals.has(before.id));
    return { rows, refusals, sound };
  };

  return {
    changePhoneNumbers: async (
      tx: Transaction,
      context: RequestContext,
      changes: readonly PhoneNumberChange[],
    ): Promise<Outcome[]> => {
      const locked = await lockPhoneNumbers(
        tx,
        changes.map(({ id }) => id),
      );
      const { rows, refusals, sound } = await judge(tx, context, changes, locked);
      for (const row of await write(tx, context, sound)) rows.set(row.id, row);
      return changes.map(({ id }) => outcomeOf(rows.get(id), refusals.get(id)));
    },

    /**
     * What changing them would do, by the same rules, with nothing locked and nothing written: of each, in the
     * order asked, what would change by field, empty where nothing would, or why it would be refused.
     */
    judgePhoneNumbers: async (
      tx: Transaction,
      context: RequestContext,
      changes: readonly PhoneNumberChange[],
    ): Promise<Judgement[]> => {
      const found = await selectPhoneNumbersByIds(
        tx,
        changes.map(({ id }) => id),
      );
      const { rows, refusals, sound } = await judge(tx, context, changes, found);
      const changed = new Map(sound.map((draft) => [draft.before.id, draft.changes]));
      return changes.map(({ id }) => {
        const problem = rows.has(id) || refusals.has(id) ? refusals.get(id) : notFound();
        return problem === undefined
          ? { changes: changed.get(id) ?? {}, problem: null }
          : { changes: null, problem };
      });
    },
  };
};
