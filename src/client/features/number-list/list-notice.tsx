import { Link } from 'wouter';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Button, buttonVariants } from '#client/components/ui/button.tsx';
import { LoadSample } from '#client/features/imports/sample/load-sample.tsx';
import { classes } from '#client/lib/classes.ts';
import { activeFilters, type FilterName, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { filterLabels } from '#client/lib/words/list-words.ts';

/** Which filters shut the numbers out, each with its way out. */
export const NoMatch = ({
  filters,
  onDrop,
}: {
  filters: ListFilters;
  onDrop: (names: readonly FilterName[]) => void;
}) => {
  const active = activeFilters(filters);
  return (
    <EmptyState
      title={
        filters.q !== undefined
          ? `Nothing matches “${filters.q}”`
          : active.join() === 'deleted'
            ? `Nothing was deleted in the last ${RESTORABLE_DAYS} days`
            : 'No number matches'
      }
      action={
        <div className="flex flex-wrap gap-2">
          {active.map((name) => (
            <Button key={name} variant="outline" onClick={() => onDrop([name])}>
              Clear {filterLabels[name].toLowerCase()}
            </Button>
          ))}
          {active.length > 1 && <Button onClick={() => onDrop(active)}>Clear all</Button>}
        </div>
      }
    >
      {active.length > 1
        ? 'No number passes all the filters. Clear one of them.'
        : `Clear the ${filters.q === undefined ? 'filter' : 'search'} to see every number.`}
    </EmptyState>
  );
};

/** The first act of a new estate. */
export const NoNumbers = ({
  mayAdd,
  onAdd,
  hasAgents,
}: {
  mayAdd: boolean;
  onAdd: () => void;
  hasAgents: boolean;
}) => {
  const mayConnect = useMay('admin');
  return (
    <EmptyState
      title="No numbers yet"
      action={
        mayAdd && (
          <div className={classes('gap-2', hasAgents ? 'flex flex-wrap' : 'grid grid-cols-2')}>
            <Button onClick={onAdd}>Add number</Button>
            {mayConnect && (
              <Link href="/connections" className={buttonVariants({ variant: 'outline' })}>
                Connect Verbex
              </Link>
            )}
            <Link href="/imports/new" className={buttonVariants({ variant: 'outline' })}>
              Import a file
            </Link>
            <LoadSample />
            {!hasAgents && (
              <Link href="/agents" className={buttonVariants({ variant: 'outline' })}>
                Add an agent
              </Link>
            )}
          </div>
        )
      }
    >
      {mayAdd
        ? `Add the first one: from your own SIP trunk, your Twilio account, or the platform. ${mayConnect ? 'Connect the voice platform to have all that are there, import' : 'Import'} many from a file, or load made-up numbers and agents to look around.${hasAgents ? '' : ' There are no agents to answer yet, either.'}`
        : 'An operator can add the first one.'}
    </EmptyState>
  );
};
