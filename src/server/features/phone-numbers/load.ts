import type { Provider } from '#contract/providers.ts';
import { recordAudits } from '#server/audit/record.ts';
import { announceChange } from '#server/changes/announce.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { readMark, type StoredMarks } from '#server/features/credentials/fingerprints.ts';
import type { CredentialsService } from '#server/features/credentials/service.ts';
import { newId } from '#server/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import { applyPatch, askedCredentials, blank, fieldChanges } from './apply-patch.ts';
import { insertPhoneNumbers } from './bulk-store.ts';
import { isFieldError, judgePhoneNumber } from './judge-phone-number.ts';
import type { PhoneNumberCreate } from '#contract/phone-numbers.ts';

/** A number to load, as it would be sent to be added. */
export interface LoadedNumber {
  body: PhoneNumberCreate & { provider: Provider };
  /** When it is said to have been added. */
  at: Date;
}

interface LoadDependencies {
  database: Database;
  credentials: CredentialsService;
}

const fromNothing = (marks: StoredMarks) =>
  Object.fromEntries(
    Object.entries(marks).map(([name, mark]) => [
      name,
      { secret: true as const, before_fingerprint: null, after_fingerprint: readMark(mark).fingerprint },
    ]),
  );

/**
 * Adds many numbers in one transaction, for the commands that fill a database. They trust what they load: agents are not
 * checked one by one. Sealed and audited like any other; a number that is there already is left alone. Returns how many
 * were added.
 */
export const loadPhoneNumbers = (
  { database, credentials }: LoadDependencies,
  context: RequestContext,
  numbers: readonly LoadedNumber[],
): Promise<number> => {
  const prepared = numbers.flatMap(({ body, at }) => {
    const judged = judgePhoneNumber(body.phone_number);
    if (isFieldError(judged)) return [];
    return [{ id: newId(), provider: body.provider, ...judged, ...applyPatch(blank, body.provider, body), created_at: at, body }];
  });
  const { marks, save } = credentials.sealNew(new Map(prepared.map(({ id, body }) => [id, askedCredentials(body.provider, body)])));

  const load = async (tx: Transaction): Promise<number> => {
    const rows = prepared.map(({ body: _body, ...number }) => ({ ...number, credential_fingerprints: marks.get(number.id) ?? {} }));
    const added = await insertPhoneNumbers(tx, rows);
    await save(tx, added);
    const records = rows
      .filter(({ id }) => added.has(id))
      .map((row) => ({
        at: row.created_at,
        action: 'phone_number.added' as const,
        subject: { kind: 'phone_number' as const, id: row.id, name: row.phone_number },
        version: 1,
        changes: {
          phone_number: { before: null, after: row.phone_number },
          provider: { before: null, after: row.provider },
          ...fieldChanges(blank, row),
          ...fromNothing(row.credential_fingerprints),
        },
      }));
    await recordAudits(tx, context, records);
    // One word for all of them: whoever follows reads its list afresh.
    const [first] = added;
    if (first !== undefined) await announceChange(tx, { subject: 'phone_number', id: first, change: 'added', version: 1, many: true });
    return added.size;
  };
  return database.transaction(load);
};
