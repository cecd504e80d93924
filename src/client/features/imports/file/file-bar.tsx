import { FileTextIcon } from 'lucide-react';
import type { Import } from '#contract/bulk/imports.ts';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { ChooseFile } from './choose-file.tsx';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import { showRefused } from '#client/features/imports/check/show-refused.ts';
import { editRows } from './held.ts';
import { PASTED, type Take } from './use-drop.ts';

const delimiterWords = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;
const encodingWords = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
} as const;

/** `4,871 rows · semicolons · UTF-8` */
export const factsWords = ({
  file: { format, encoding, delimiter },
  counts,
}: Pick<Import, 'file' | 'counts'>) =>
  [
    plural(counts.total, 'row'),
    ...(format === 'jsonl' ? ['JSON lines'] : []),
    ...(delimiter === null ? [] : [delimiterWords[delimiter]]),
    encodingWords[encoding],
  ].join(' · ');

interface Props {
  plan: Import;
  file: FileInHand | null;
  isOver: boolean;
  /** While it is checked anew no other is taken. */
  isOff: boolean;
  onTake: Take;
}

/** Which file it is, what it was found to be, and the way to another. */
export const FileBar = ({ plan, file, isOver, isOff, onTake }: Props) => {
  const name = file?.name ?? plan.file_name ?? 'A file that is not in hand any more';
  return (
    <section
      aria-label="File"
      className={classes(
        'flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-xl border border-dashed px-4 py-2',
        isOver ? 'border-cord bg-cord-wash' : 'border-line-3',
      )}
    >
      <span className="flex min-w-0 items-center gap-3">
        <FileTextIcon className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        <bdi className="min-w-0 truncate font-medium" title={name}>
          {name}
        </bdi>
      </span>
      <span className="text-ink-2">{factsWords(plan)}</span>
      {plan.state === 'ready' && plan.counts.refused > 0 && (
        <Button
          variant="quietHarm"
          size="sm"
          className={classes('max-sm:-ml-2', isOff && 'invisible')}
          onClick={showRefused}
        >
          {formatCount(plan.counts.refused)} refused
        </Button>
      )}
      {plan.file.encoding === 'windows-1252' && (
        <span className="text-ink-2">
          Look at letters with accents: the file does not say how it is written.
        </span>
      )}
      <span className={classes('ml-auto max-sm:ml-0', isOff && 'invisible')}>
        {file?.name === PASTED ? (
          <Button variant="link" onClick={() => void editRows(file.blob)}>
            Replace the rows…
          </Button>
        ) : (
          <ChooseFile variant="link" onTake={onTake}>
            {file === null ? 'Choose it again…' : 'Replace the file…'}
          </ChooseFile>
        )}
      </span>
    </section>
  );
};
