import type { Import } from '#contract/bulk/imports.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';

const NAMED = 20;

interface Props extends Pick<Import, 'agents_to_create' | 'agents_to_create_count'> {
  verb: 'Adds' | 'Added';
}

/** `Adds 2 agents: Asha, Farid`: those that a file names and nobody knew. */
export const AgentNames = ({ verb, agents_to_create: names, agents_to_create_count: count }: Props) => {
  const shown = names.slice(0, NAMED);
  return (
    count > 0 && (
      <p className="wrap-anywhere">
        <span className="text-ink-2">
          {verb} {plural(count, 'agent')}:{' '}
        </span>
        {shown.join(', ')}
        {count > shown.length && ` and ${formatCount(count - shown.length)} more`}
      </p>
    )
  );
};
