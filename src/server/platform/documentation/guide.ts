import { IMPORT_HOURS, MAX_IMPORT_BYTES } from '#contract/bulk/imports.ts';
import { MAX_FILE_ROWS } from '#contract/numbers/table/table-columns.ts';
import { MAX_OPEN_JOBS, OUTCOME_DAYS } from '#contract/bulk/jobs.ts';
import { MAX_OPEN_PLANS, PLAN_MINUTES } from '#contract/bulk/plans.ts';
import { DEFAULT_KEY_DAYS } from '#contract/key-days.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { FRESH_MINUTES } from '#contract/sessions.ts';
import { MASK } from '#contract/primitives.ts';

export interface GuidePart {
  id: string;
  title: string;
  /** Paragraphs; `code` in backticks. */
  text: readonly string[];
}

/** What holds for every endpoint: the top of the reference, and the description in the document. */
export const guide: readonly GuidePart[] = [
  {
    id: 'who-asks',
    title: 'Who asks',
    text: [
      `Scripts send \`Authorization: Bearer\` with an API key. An admin adds keys in the console or on the command line; a key has the scopes chosen for it, is shown once, ends after ${DEFAULT_KEY_DAYS} days unless told otherwise, and can be revoked at once. No key may manage operators or keys. A key belongs to the admin who added it: disabling or demoting them says of each live key whether it is taken over or ends.`,
      `Operators sign in and carry a session cookie. Their role decides: a viewer reads, an operator changes and reveals, an admin also manages operators, API keys, connections and settings, reads the audit log, and deletes numbers for good. Revealing a credential asks for a password given within the last ${FRESH_MINUTES} minutes.`,
      'A request with an Authorization header is the key’s alone: a bad key answers 401, whatever cookie came along. Writes with a cookie must come from the console’s own pages.',
    ],
  },
  {
    id: 'requests',
    title: 'Requests',
    text: [
      'Bodies are JSON in UTF-8, sent with `Content-Type: application/json`; most endpoints take 16 KiB, sign-in 4 KiB, and numbers, business hours and previews as much as a record full to its limits. A trailing slash in the path makes no difference. Unknown fields and parameters are refused, never dropped.',
      'Updates are merge patches (RFC 7396): an absent field is unchanged, `null` clears it. Read-only fields are accepted where they equal what is stored, so a record can be read, changed in one field and sent back whole. A patch that changes nothing answers 200 and makes no new version; but a credential sent by who may not reveal is always set anew, even where it was the same.',
    ],
  },
  {
    id: 'credentials',
    title: 'Credentials',
    text: [
      `A credential is written, never read. Every answer shows \`${MASK}\` where one is set and \`null\` where not; the same eight dots sent back mean unchanged. Beside each stands a fingerprint. For who may reveal it is equal for equal secrets, and numbers can be found by it. For everyone else it belongs to this number and to the version that set the credential: it tells when one was set again and nothing of the secret, so setting guesses teaches nothing. Sent back, either form is taken.`,
      'The only way to the plaintext is the reveal endpoint, and its audit event is written before the value leaves. An operator may reveal 60 an hour and a key 600, unless an admin has changed that in the settings; more are refused with 429 `too_many_reveals`.',
    ],
  },
  {
    id: 'routing',
    title: 'Who answers',
    text: [
      'A number’s `routing` is rules in order, first match wins; where none matches, its inbound agent answers; where it has none, the fallback; else the call is declined. Without `routing` the inbound agent answers. `temporary_reassignment` lets another agent stand in for a while. Business hours are a resource of their own, shared by many numbers.',
      'In an update, `routing` and `call_handling` merge by their own keys: an absent key is unchanged, `null` clears it, lists are replaced whole.',
      'A telephony runtime asks `POST /v1/route` when a call comes, with a key of the scope `calls:route`. The answer is the same decision the console shows: the destination, the settings to obey, the reasons in plain words, and how fresh the data is.',
    ],
  },
  {
    id: 'versions',
    title: 'Versions and retries',
    text: [
      'Each phone number, each set of business hours, each connection and the settings have a `version`, one higher after every change, also sent as `ETag`. Send it as `If-Match` and a stale write is refused with 412 `version_conflict` and the fields that changed since; of a phone number also with the record as it is now.',
      'What says so honours `Idempotency-Key`, for 24 hours: the same key with the same body acts once. A repeated POST is answered like the first time; a repeated PATCH, looked up before the version is compared, with the record as it stands.',
    ],
  },
  {
    id: 'files',
    title: 'Files of many numbers',
    text: [
      '`GET /v1/phone-numbers/export` answers what a filter finds as a file, in the order of the numbers: as CSV with agents by their names, or as JSON lines with routing, call handling and stand-ins, too. Credentials are in neither. It is sent while it is read, so each number is as it was when its turn came. A file that breaks off ends without the end of its transfer: take only one that came whole. One export runs at a time for each operator or key, and both its beginning and its end, with how many numbers left, are in the audit log.',
      "In CSV, a cell that a spreadsheet would take for a formula has one `'` in front of it; a phone number keeps its plus. Labels are separated by `|`; a `|` or a backslash within a label has a backslash in front. Metadata is a JSON object.",
      `\`POST /v1/imports\` takes such a file as its body, or any table whose headings can be understood: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252, and JSON lines; at most ${MAX_IMPORT_BYTES / 1_000_000} MB and ${MAX_FILE_ROWS.toLocaleString('en')} rows. It changes nothing: it answers what would be added, changed, skipped and refused, and \`GET /v1/imports/{import_id}/rows\` says of each row why, by line, column and value. A row that is refused holds up no other. Where the file does not say how its numbers reach the platform, \`default_provider\` does, of those that are added. \`file_name\` is what people see of the file, in the list of jobs and the log. While \`state\` is \`judging\` the counts grow; then \`POST /v1/imports/{import_id}/run\` runs it as a bulk job, for ${IMPORT_HOURS} hours and for who planned it. What was added, changed or deleted in between is a \`conflict\`, and left alone.`,
      'An empty cell clears a field of a number that is there, and says nothing of a credential. Credentials in a file are sealed on arrival, answered by no one, and erased once the import has run or its time is over; the eight dots mean unchanged on a number that is there, and refuse one that is not.',
    ],
  },
  {
    id: 'many',
    title: 'Changes of many numbers',
    text: [
      'Many numbers are changed in two steps. `POST /v1/bulk-jobs?dry_run=true` makes a plan: `select` names the numbers, by up to 5,000 `ids` or by a `filter` with the parameters of the list and up to 1,000 `except_ids`; `change` is a patch as for one number, in which `labels` may also be `{add, remove}`, or one of `replace_agent`, `delete`, `restore` and `rotate`. `replace_agent` without `select` goes over every number that names the agent, be it in a rule, a split, a fallback or a stand-in to come. The plan holds each number at the version it has, and the rules of single changes judge what would become of it. The answer waits up to five seconds for the plan to be `ready`; where it is still `judging`, read `GET /v1/bulk-plans/{plan_id}` again.',
      `\`POST /v1/bulk-jobs\` with the \`plan_id\` runs the plan as a job of the server; asked for again, it answers the same job. What runs is what was shown: a number that changed in between is a \`conflict\` and is left alone. A plan is its maker’s alone, and can be run for ${PLAN_MINUTES} minutes; of plans that were not run an actor has ${MAX_OPEN_PLANS}, and one more drops the oldest. Of an actor’s jobs at most ${MAX_OPEN_JOBS} are under way; one more is refused with \`too_many_jobs\`. Before each piece it is asked anew whether whoever started the job still may; if not, it ends as \`cancelled\`, \`actor_lost\`, and the rest is untouched. A job says what it sets, and read by itself, of a few numbers what was before and after. What became of each number is kept for ${OUTCOME_DAYS} days.`,
      'Undoing a job is a second job. A field is put back where it still is as the job left it, labels one by one, metadata by key, routing and call handling by part; a number that the job added or restored is deleted if nobody changed it since; a deleted one comes back. Credentials are never put back, and what today’s rules refuse, as an agent that was retired, stays. Each row says what was left. Credentials of a plan are kept sealed, and erased when the plan or its job has ended.',
    ],
  },
  {
    id: 'deleted',
    title: 'Deleted numbers and earlier states',
    text: [
      `A deleted number can be restored for ${RESTORABLE_DAYS} days. Until then \`GET /v1/phone-numbers?deleted=true\` lists it and \`GET /v1/phone-numbers/{phone_number_id}?include=deleted\` reads it, with \`deleted_at\`, \`deleted_by\` and \`restorable_until\`; everything else answers as if it were not there. It holds neither business hours nor agents nor labels, counts nowhere, and none of its credentials can be revealed.`,
      'Restoring puts everything back, credentials too, but what is gone or was retired meanwhile: an agent and the business hours come back as null, a rule whose agent was retired is switched off. `not_restored` says each. Where the number was added again, 409 `phone_number_taken` has both ids: `deleted_phone_number_id` and `present_phone_number_id`. An admin can delete a deleted number for good.',
      'The history of a number names its versions. Restoring a version makes what it had, whole or by field, the newest one, by the rules of an update. What these refuse, and every credential, stays as it is and stands in `not_restored`; where nothing is left to restore, the answer is 422.',
    ],
  },
  {
    id: 'paging',
    title: 'Paging',
    text: [
      'A list answers up to `page_size` rows and a `next_page_token`; ask again with it as `page_token`, with the same filters. Rows that are added or removed meanwhile neither repeat nor hide others. On the last page the token is `null`.',
    ],
  },
  {
    id: 'errors',
    title: 'Errors',
    text: [
      'Every error is problem details (RFC 9457), `application/problem+json`. Its `code` is stable, its `detail` says what to do, and its `request_id` finds it in the server’s log. With 422, `errors` names each field by a JSON pointer. With 429, 503 and 507, `Retry-After` says when to try again; where it is missing, as with `outcome_unknown`, look before you repeat anything.',
    ],
  },
];
