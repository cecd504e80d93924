import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList } from '#contract/bulk/plans.ts';
import { Td, Tr } from '#client/components/table.tsx';
import { outcomeName, reasonForMany } from '#client/features/bulk/job-words.ts';
import { consoleWords } from '#client/features/imports/plan/console-words.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { formatCount } from '#client/lib/words/format.ts';

interface Props {
  row: BulkJobRowList['rows'][number];
  kind: BulkJob['kind'];
  /** Some row of the table has a reason. */
  hasWhy: boolean;
  /** The rows are those of a file. */
  hasLine: boolean;
}

/** What became of one number, and why; of one that no number could be read of, where it stands in its file. */
export const JobRow = ({ row, kind, hasWhy, hasLine }: Props) => {
  const { phone_number_id: id, phone_number, friendly_name, outcome, message, line, written } = row;
  const why = message === null ? null : reasonForMany(consoleWords(message));
  const tone = outcome === 'refused' ? 'text-harm' : outcome === 'conflict' ? 'text-ink' : 'text-ink-2';
  return (
    <Tr>
      {hasLine && (
        <Td className="text-ink-3 tabular-nums max-sm:hidden">{line !== null && formatCount(line)}</Td>
      )}
      {/* As wide as there is room: a long name is cut, and pushes nothing out of sight. */}
      <Td className={`w-1/2 max-w-0 max-sm:w-full max-sm:py-1.5 ${hasLine ? 'max-sm:pl-4' : ''}`}>
        {phone_number === '' && written !== null ? (
          <bdi className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">{written}</bdi>
        ) : (
          <NumberName id={id} phoneNumber={phone_number} name={friendly_name} isLink />
        )}
        {line !== null && (
          <span className="block text-xs text-ink-3 tabular-nums sm:hidden">Line {formatCount(line)}</span>
        )}
        {why !== null && <span className="block text-ink-2 wrap-anywhere sm:hidden">{why}</span>}
      </Td>
      <Td className={`${tone} sm:whitespace-nowrap max-sm:py-1.5 ${hasWhy ? 'max-sm:pr-4' : ''}`}>
        {outcomeName(kind, outcome)}
      </Td>
      {hasWhy && <Td className="py-2 text-ink-2 wrap-anywhere max-sm:hidden">{why}</Td>}
    </Tr>
  );
};
