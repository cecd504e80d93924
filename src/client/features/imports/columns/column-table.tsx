import type { Column } from '#contract/numbers/table/guess-columns.ts';
import { fieldOfTarget, targetLabel, targets, type Target } from '#contract/numbers/table/headings.ts';
import { providerList, providerNames, type Provider } from '#contract/numbers/choices.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { Table, Td, Th } from '#client/components/table.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';
import { mayHoldSecret } from './may-hold-secret.ts';

const providerOf = (target: Target): Provider | undefined => {
  const name = fieldOfTarget(target);
  return isFieldName(name) ? fieldOf(name).provider : undefined;
};
const isCredential = (target: Target) => isFieldName(target) && fieldOf(target).kind === 'credential';

const groups = [undefined, ...providerList]
  .map((provider) => ({
    label: provider === undefined ? 'Every number' : providerNames[provider],
    targets: targets.filter((target) => providerOf(target) === provider),
  }))
  .filter((group) => group.targets.length > 0);

interface MenuProps {
  heading: string;
  target: Target | null;
  isFixed: boolean;
  onChoose: (target: Target | null) => void;
}

const TargetMenu = ({ heading, target, isFixed, onChoose }: MenuProps) => (
  <select
    aria-label={`${heading} becomes`}
    value={target ?? ''}
    disabled={isFixed}
    className={classes(controlClass, 'h-7.5 truncate px-2', target === null && 'text-ink-3')}
    onChange={(event) => onChoose((event.target.value || null) as Target | null)}
  >
    <option value="">Left out</option>
    {groups.map(({ label, targets: offered }) => (
      <optgroup key={label} label={label}>
        {offered.map((each) => (
          <option key={each} value={each}>
            {targetLabel(each)}
          </option>
        ))}
      </optgroup>
    ))}
  </select>
);

/** Account SIDs and addresses fill a line each, and are told apart by how they begin. */
const withShortWords = (value: string): string => value.replace(/(\S{16})\S{13,}/gu, '$1…');

interface SampleProps extends Column {
  values: readonly string[];
}

/** What stands in a column, so that one can tell what it is; nothing of one that may hold a secret. */
const Sample = ({ heading, target, values }: SampleProps) => {
  if (values.length === 0) return <span className="text-ink-3">—</span>;
  if (target !== null && isCredential(target))
    return <span className="text-ink-3">•••••••• sealed on arrival</span>;
  if (target === null && mayHoldSecret(heading, values))
    return <span className="text-ink-3">•••••••• may be a secret</span>;
  return (
    <bdi
      className={classes('my-1.5 line-clamp-2 wrap-anywhere', target === null ? 'text-ink-3' : 'text-ink-2')}
      title={values.join('\n')}
    >
      {values.map(withShortWords).join(', ')}
    </bdi>
  );
};

interface Props {
  columns: readonly Column[];
  samples: readonly (readonly string[])[] | undefined;
  /** Without the file in hand nothing can be chosen anew. */
  isFixed: boolean;
  onChoose: (heading: string, target: Target | null) => void;
}

/** What each column of the file becomes. */
export const ColumnTable = ({ columns, samples, isFixed, onChoose }: Props) => (
  <section aria-labelledby="import-columns" className="grid grid-cols-[minmax(0,1fr)] content-start gap-1">
    <h2 id="import-columns" className="font-semibold">
      Columns
    </h2>
    <Table aria-labelledby="import-columns" className="table-fixed">
      <thead>
        <tr>
          <Th className="pl-0! sm:w-56">In the file</Th>
          <Th className="sm:w-56">Becomes</Th>
          <Th className="max-sm:hidden">For example</Th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ heading, target }, at) => (
          // Two columns may have one heading.
          <tr key={at}>
            <Td className="pl-0!">
              <bdi className="block truncate font-mono text-xs" title={heading}>
                {heading || `Column ${at + 1}`}
              </bdi>
            </Td>
            <Td>
              <TargetMenu
                heading={heading || `Column ${at + 1}`}
                target={target}
                isFixed={isFixed}
                onChoose={(chosen) => onChoose(heading, chosen)}
              />
            </Td>
            <Td className="max-sm:hidden">
              <Sample heading={heading} target={target} values={samples?.[at] ?? []} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  </section>
);
