import { providerList, type Provider } from '#contract/numbers/choices.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import { isUnreadable, readPhoneNumber } from '#contract/reading/phone-number.ts';
import { isStorable, NOT_STORABLE } from '#contract/reading/storable.ts';
import type {
  Unusable,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { Secrets } from '#server/features/credentials/held-secrets.ts';
import {
  isFieldError,
  judgePhoneNumber,
  type JudgedPhoneNumber,
} from '#server/features/phone-numbers/acts/judge-phone-number.ts';
import type { BulkRow, NewRow } from '#server/features/bulk/rows/row-store.ts';

/** A number as the platform has it: what of it can be kept in clear. */
export interface Theirs {
  upstream_id: string;
  judged: JudgedPhoneNumber;
  provider: Provider;
  /** As they were read; of agents the ids they have there. */
  fields: Readonly<Record<string, string | null>>;
  /** Of each credential its mark, `none` or `withheld`, as links keep them. */
  marks: Readonly<Record<string, string>>;
}

/** A row to keep, and apart from it the credentials that were answered in clear. */
export interface KeptNumber {
  row: NewRow;
  upstream_id: string | null;
  secrets: Secrets;
}

// Longer than anything that a number can have.
const MAX_VALUE = 2000;

const refused = (upstreamId: string | null, number: string, code: string, message: string): KeptNumber => ({
  row: {
    phone_number_id: null,
    phone_number: number,
    version: null,
    planned: 'refused',
    planned_code: code,
    planned_message: message,
  },
  upstream_id: upstreamId,
  secrets: {},
});

const storableId = (id: string | null) => (id !== null && isStorable(id) ? id : null);

export const keepUnusable = ({ id, why }: Unusable): KeptNumber =>
  refused(storableId(id), '', 'unreadable_record', why);

const isProvider = (name: string): name is Provider => (providerList as readonly string[]).includes(name);

type MarkOf = SecretsToSend['markOf'];

const secretsOf = ({ secrets }: UpstreamNumber, markOf: MarkOf) => {
  const clear: Secrets = {};
  const marks: Record<string, string> = {};
  for (const [name, secret] of Object.entries(secrets)) {
    marks[name] = secret.state === 'clear' ? markOf(secret.value) : secret.state;
    if (secret.state === 'clear') clear[name as CredentialName] = secret.value;
  }
  return { clear, marks };
};

/** What is kept of a number until its import is judged and run; of one that cannot be kept only why. */
export const createKeepNumber = (markOf: MarkOf) => {
  // By number: of two records of one number the first is taken.
  const seen = new Set<string>();
  return (number: UpstreamNumber): KeptNumber => {
    const { id, provider, fields } = number;
    const sayNo = (code: string, message: string, as = '') => refused(storableId(id), as, code, message);
    const texts = [id, number.phone_number, ...Object.values(fields), ...Object.values(number.secrets)];
    if (!isStorable(texts)) return sayNo('invalid', NOT_STORABLE);
    if (Object.values(fields).some((value) => (value?.length ?? 0) > MAX_VALUE))
      return sayNo('row_too_long', 'It holds more than any number can have. Shorten it there.');
    const reading = readPhoneNumber(number.phone_number);
    if (isUnreadable(reading)) return sayNo('unreadable_number', reading.message);
    const judged = judgePhoneNumber(reading.spelled);
    if (isFieldError(judged)) return sayNo(judged.code, judged.message);
    const e164 = judged.phone_number;
    if (!isProvider(provider))
      return sayNo('unknown_provider', 'Cordboard has no numbers of this provider.', e164);
    if (seen.has(e164))
      return sayNo('listed_twice', 'The account has this number twice. Remove one of them there.', e164);
    seen.add(e164);
    const { clear, marks } = secretsOf(number, markOf);
    const theirs: Theirs = { upstream_id: id, judged, provider, fields, marks };
    // As a text: the database would refuse characters that the rules have yet to refuse by name.
    const given = JSON.stringify(theirs);
    const row = { phone_number_id: null, phone_number: e164, version: null, given };
    return { row, upstream_id: id, secrets: clear };
  };
};

/** What was kept, read again. */
export const theirsOf = ({ given }: Pick<BulkRow, 'given'>): Theirs => JSON.parse(String(given)) as Theirs;
