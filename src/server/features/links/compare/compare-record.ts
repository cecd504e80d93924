import { isDeepStrictEqual } from 'node:util';
import type {
  UpstreamFields,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';

// What any platform sets by itself with each write.
const SETS_ITSELF = /(?:^|_)(?:at|on|by|version|revision|etag|updated|modified|timestamp)$/i;

type Kept = Pick<UpstreamFields, 'editable' | 'secret'>;

/** What was sent and is not what the platform answers now. What it withholds cannot be compared. */
export const notKept = (
  { editable, secret }: Kept,
  sent: Readonly<Record<string, string | null>>,
  { fields, secrets }: UpstreamNumber,
): string[] => [
  ...editable.filter((name) => (sent[name] ?? '') !== (fields[name] ?? '')),
  ...secret.filter((name) => {
    const answered = secrets[name];
    if (answered === undefined || answered.state === 'withheld') return false;
    return (sent[name] ?? null) !== (answered.state === 'clear' ? answered.value : null);
  }),
];

/** Fields that nobody documents, and that a write changed. */
export const othersChanged = (
  { editable, secret }: Kept,
  before: UpstreamNumber,
  after: UpstreamNumber,
): string[] => {
  const known = new Set([...editable, ...secret]);
  return [...new Set([...Object.keys(before.raw), ...Object.keys(after.raw)])].filter(
    (name) =>
      !known.has(name) && !SETS_ITSELF.test(name) && !isDeepStrictEqual(before.raw[name], after.raw[name]),
  );
};
