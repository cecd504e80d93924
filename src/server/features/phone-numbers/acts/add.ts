import type { AuditChange } from '#contract/audit-events.ts';
import type { FieldError } from '#contract/errors.ts';
import type { PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { CredentialChange, CredentialsService } from '#server/features/credentials/service.ts';
import { fieldProblem, type Problem } from '#server/problem.ts';
import { newId } from '#server/lib/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import { applyPatch, askedCredentials, blank, addedFields } from './apply-patch.ts';
import type { Draft, RoutingCheck } from './check-routing.ts';
import { isFieldError, judgePhoneNumber, type JudgedPhoneNumber } from './judge-phone-number.ts';
import { auditedCredentials, withMarks } from '#server/features/phone-numbers/rows/marks.ts';
import { outcomeOf, takenProblem, type Judgement, type Outcome } from './outcome.ts';
import { isMask, maskWithoutCredential } from './read-patch.ts';
import { recordActs } from './record-acts.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { insertPhoneNumbers, selectTaken } from '#server/features/phone-numbers/rows/store.ts';

/** A number to add, as the schema of its endpoint reads it. */
export interface PhoneNumberAddition {
  body: PhoneNumberCreate;
  /** What was found when its number was judged earlier; else it is judged now. */
  judged?: JudgedPhoneNumber;
  /** When it is said to have been added, where a command fills a database; else now. */
  at?: Date | null;
}

interface AddDependencies {
  credentials: CredentialsService;
  checkRouting: RoutingCheck;
}

interface AddedDraft extends Draft {
  id: string;
  judged: JudgedPhoneNumber;
  body: PhoneNumberCreate;
  at: Date | null;
  asked: ReturnType<typeof askedCredentials>;
}

const nothingJudged: JudgedPhoneNumber = { phone_number: '', phone_number_international: '', country: null };

const draftOf = ({ body, judged: earlier, at = null }: PhoneNumberAddition): AddedDraft => {
  const found = earlier ?? judgePhoneNumber(body.phone_number);
  const judged = isFieldError(found) ? nothingJudged : found;
  const asked = askedCredentials(body.provider, body);
  const errors: FieldError[] = [
    ...(isFieldError(found) ? [found] : []),
    ...asked.flatMap(([name, secret]) => (isMask(secret) ? [maskWithoutCredential(name)] : [])),
  ];
  const after = applyPatch(blank, body.provider, body);
  return {
    id: newId(),
    phone_number: judged.phone_number,
    judged,
    body,
    at,
    before: blank,
    after,
    asked,
    errors,
  };
};

const changesOf = (
  { phone_number: number, provider }: Pick<PhoneNumberRow, 'phone_number' | 'provider'>,
  after: Draft['after'],
  secrets: readonly CredentialChange[],
): Record<string, AuditChange> => ({
  phone_number: { before: null, after: number },
  provider: { before: null, after: provider },
  ...addedFields(after),
  ...auditedCredentials(secrets),
});

/**
 * The promise: there is no other way to add numbers, few or many. Answers, in the order asked, what became of
 * each.
 */
export const createAdd = ({ credentials, checkRouting }: AddDependencies) => {
  const findSecrets = (tx: Transaction, context: RequestContext, drafts: readonly AddedDraft[]) =>
    credentials.findCredentialChanges(
      tx,
      context,
      drafts.map(({ id, asked }) => ({ id, marks: {}, asked })),
    );

  const write = async (
    tx: Transaction,
    context: RequestContext,
    drafts: readonly AddedDraft[],
  ): Promise<PhoneNumberRow[]> => {
    if (drafts.length === 0) return [];
    const secrets = await findSecrets(tx, context, drafts);
    const written = drafts.map(({ id, judged, body, after, at }, place) => ({
      id,
      ...judged,
      provider: body.provider,
      ...after,
      credential_fingerprints: withMarks({}, secrets[place] ?? [], 1),
      at,
    }));
    const rows = await insertPhoneNumbers(tx, written);
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const added = drafts.flatMap(({ id, after, at }, place) => {
      const row = rowOf.get(id);
      return row === undefined ? [] : [{ row, after, at, secrets: secrets[place] ?? [] }];
    });
    await credentials.saveCredentials(
      tx,
      context,
      added.map(({ row: { id, version }, secrets: changes }) => ({ id, version, changes })),
    );
    const acts = added.map(({ row, after, at, secrets: changes }) => ({
      row,
      at,
      changes: changesOf(row, after, changes),
    }));
    await recordActs(tx, context, 'added', acts);
    return rows;
  };

  /** What each of the set is to be, and why some of them are refused, by their ids. */
  const judge = async (tx: Transaction, additions: readonly PhoneNumberAddition[]) => {
    const drafts = additions.map(draftOf);
    const taken = await selectTaken(
      tx,
      drafts.map(({ phone_number: number }) => number),
    );
    const errors = await checkRouting(
      tx,
      drafts.map((draft) => ({ ...draft, isRefused: taken.has(draft.phone_number) })),
    );
    const refusals = new Map<string, Problem>();
    for (const [at, { id, phone_number: number }] of drafts.entries()) {
      const found = errors[at] ?? [];
      if (found.length > 0) refusals.set(id, fieldProblem(found));
      // Of two in the set that are one number the first is added.
      else if (taken.has(number)) refusals.set(id, takenProblem(number, { present: taken.get(number) }));
      else taken.set(number, id);
    }
    return { drafts, refusals };
  };

  return {
    addPhoneNumbers: async (
      tx: Transaction,
      context: RequestContext,
      additions: readonly PhoneNumberAddition[],
    ): Promise<Outcome[]> => {
      const { drafts, refusals } = await judge(tx, additions);
      const rows = await write(
        tx,
        context,
        drafts.filter(({ id }) => !refusals.has(id)),
      );
      const rowOf = new Map(rows.map((row) => [row.id, row]));
      return drafts.map(({ id, phone_number: number }) => {
        const row = rowOf.get(id);
        // Neither refused nor added: somebody else added it at the same time.
        return outcomeOf(row, refusals.get(id) ?? (row === undefined ? takenProblem(number) : undefined));
      });
    },

    /** What adding them would do, by the same rules, with nothing written: of each, in the order asked. */
    judgeAdditions: async (
      tx: Transaction,
      context: RequestContext,
      additions: readonly PhoneNumberAddition[],
    ): Promise<Judgement[]> => {
      const { drafts, refusals } = await judge(tx, additions);
      const secrets = await findSecrets(tx, context, drafts);
      return drafts.map(({ id, phone_number, body: { provider }, after }, at): Judgement => {
        const problem = refusals.get(id);
        if (problem !== undefined) return { changes: null, problem };
        return { changes: changesOf({ phone_number, provider }, after, secrets[at] ?? []), problem: null };
      });
    },
  };
};
