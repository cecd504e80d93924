import { PencilIcon, Trash2Icon } from 'lucide-react';
import { useId } from 'react';
import type { Connection } from '#contract/connections/connections.ts';
import { RowMenu } from '#client/components/row-menu.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { DropdownMenuItem } from '#client/components/ui/dropdown-menu.tsx';
import { classes } from '#client/lib/classes.ts';
import { goTo } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { ConnectionKey } from './connection-key.tsx';
import { kindNames, roleNames, stateWords } from './connection-words.ts';
import { useConnectionActs } from './acts.ts';
import { connectionImportHref, usePlanImport } from './plan-import.ts';
import { useActing } from './use-acting.ts';

export type ConnectionAct = 'replace' | 'edit' | 'remove';

interface Props {
  connection: Connection;
  mayEdit: boolean;
  onAct: (act: ConnectionAct, connection: Connection) => void;
}

const dots = { ok: 'bg-ok', harm: 'bg-harm', quiet: 'bg-line-3' };

export const State = ({ connection }: { connection: Connection }) => {
  const [words, tone] = stateWords(connection);
  return (
    <span
      className={classes(
        'flex shrink-0 items-center gap-1.5 whitespace-nowrap',
        tone === 'harm' ? 'text-harm' : 'text-ink-2',
      )}
    >
      <span aria-hidden="true" className={classes('size-1.75 rounded-full', dots[tone])} />
      {words}
    </span>
  );
};

const Acts = ({ connection, onAct }: Pick<Props, 'connection' | 'onAct'>) => {
  const { check, setPaused } = useConnectionActs();
  const { acting, act } = useActing();
  const planImport = usePlanImport();
  const { name, paused, state } = connection;
  const checkNow = async () => {
    const found = await check(connection);
    toast({
      message: `${name}: ${stateWords({ ...found, paused: false })[0].toLowerCase()}`,
      ...(found.state !== 'ok' && { tone: 'harm' as const }),
    });
  };
  const pauseOrResume = async () => {
    await setPaused(connection, !paused);
    toast({ message: `“${name}” ${paused ? 'resumed' : 'paused'}` });
  };
  const beginImport = async () => goTo(connectionImportHref(await planImport.mutateAsync(connection)));
  const verb = paused ? 'Resume' : 'Pause';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        variant="outline"
        size="sm"
        aria-label={`Import from ${name}`}
        isBusy={acting === 'import'}
        onClick={() => void act('import', beginImport)}
      >
        Import
      </Button>
      <Button
        variant="outline"
        size="sm"
        aria-label={`Check ${name} now`}
        isBusy={acting === 'check'}
        onClick={() => void act('check', checkNow)}
      >
        Check now
      </Button>
      <Button
        variant={state === 'refused' ? 'default' : 'outline'}
        size="sm"
        aria-label={`Replace the key of ${name}`}
        onClick={() => onAct('replace', connection)}
      >
        Replace key
      </Button>
      <Button
        variant="outline"
        size="sm"
        aria-label={`${verb} ${name}`}
        isBusy={acting === 'pause'}
        onClick={() => void act('pause', pauseOrResume)}
      >
        {verb}
      </Button>
      <RowMenu label={`Actions for ${name}`}>
        <DropdownMenuItem onSelect={() => onAct('edit', connection)}>
          <PencilIcon aria-hidden="true" />
          Edit
        </DropdownMenuItem>
        <DropdownMenuItem variant="harm" onSelect={() => onAct('remove', connection)}>
          <Trash2Icon aria-hidden="true" />
          Remove
        </DropdownMenuItem>
      </RowMenu>
    </div>
  );
};

/** One account elsewhere: what it is, whether it answers, and what can be done with it. */
export const ConnectionCard = ({ connection, mayEdit, onAct }: Props) => {
  const { name, kind, role } = connection;
  const id = useId();
  return (
    <li aria-labelledby={id} className="grid content-start gap-4 rounded-xl border p-4">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <h2 id={id} className="min-w-0 font-semibold wrap-anywhere">
          <bdi>{name}</bdi>
        </h2>
        <span className="mr-auto text-ink-3">
          {kindNames[kind]} · {roleNames[role]}
        </span>
        <State connection={connection} />
      </div>
      <ConnectionFacts connection={connection} apiKey={<ConnectionKey connection={connection} />} isLinked />
      {mayEdit && <Acts {...{ connection, onAct }} />}
    </li>
  );
};
