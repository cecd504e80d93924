import { Suspense, useEffect, useState } from 'react';
import type { Agent } from '#contract/agents.ts';
import { Choice } from '#client/components/choice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { SearchBox } from '#client/components/search-box.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';
import { matches } from '#client/lib/matches.ts';
import { mendSearch, useMendedSearch } from '#client/lib/address/mended-search.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { AgentRow, type AgentAct } from './agent-row.tsx';
import { useAgents } from './queries.ts';
import { replaceEverywhere } from './replace-everywhere.ts';
import { useReinstate } from './use-reinstate.ts';

const loadDialog = () => import('./agent-dialog.tsx');
const AgentDialog = lazyPart(() => loadDialog().then((file) => ({ default: file.AgentDialog })));
const RetireDialog = lazyPart(() =>
  import('./retire-dialog.tsx').then((file) => ({ default: file.RetireDialog })),
);

const statuses = ['all', 'active', 'retired'] as const;
const statusNames = { all: 'All', active: 'Active', retired: 'Retired' };

/** What the address asks for. What is no status is all of them. */
const readFilters = (search: string) => {
  const params = new URLSearchParams(search);
  return {
    q: params.get('q') ?? '',
    status: statuses.find((status) => status === params.get('status')) ?? 'all',
    wantsToAdd: params.has('add'),
  };
};

const mend = (search: string): string => {
  const { q, status, wantsToAdd } = readFilters(search);
  const understood = {
    ...(q && { q }),
    ...(status !== 'all' && { status }),
    ...(wantsToAdd && { add: '1' }),
  };
  return mendSearch(search, ['q', 'status', 'add'], new URLSearchParams(understood));
};

const useFilters = () => {
  const search = useConsoleSearch();
  useMendedSearch(mend);
  const set = (name: string, value: string) => {
    const params = new URLSearchParams(search);
    if (value === '') params.delete(name);
    else params.set(name, value);
    goTo(params.size > 0 ? `/agents?${params}` : '/agents', { replace: true });
  };
  return { ...readFilters(search), set };
};

const AgentTable = ({
  agents,
  onAct,
}: {
  agents: Agent[];
  onAct?: (act: AgentAct, agent: Agent) => void;
}) => (
  <Table aria-label="Agents" className="max-w-240">
    <thead>
      <tr>
        <Th>Name</Th>
        <Th className="max-sm:hidden">Language</Th>
        <Th className="text-right sm:w-28">
          Inbound<span className="sr-only"> numbers</span>
        </Th>
        <Th className="text-right sm:w-28">
          Outbound<span className="sr-only"> numbers</span>
        </Th>
        {onAct && (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        )}
      </tr>
    </thead>
    <tbody>
      {agents.map((agent) => (
        <AgentRow key={agent.ai_agent_id} agent={agent} onAct={onAct} />
      ))}
    </tbody>
  </Table>
);

export const AgentsPage = () => {
  const { q, status, wantsToAdd, set } = useFilters();
  const { data: all, error, isPending, refetch } = useAgents();
  const mayEdit = useMay('operator');
  const reinstate = useReinstate();
  const [open, setOpen] = useState<{ act: AgentAct; agent: Agent } | null>(null);
  const close = () => setOpen(null);
  const act = (what: AgentAct, agent: Agent) => {
    if (what === 'reinstate') reinstate(agent);
    else if (what === 'replace') void replaceEverywhere(agent);
    else setOpen({ act: what, agent });
  };
  const [isAdding, setAdding] = useState(false);
  // Asked for by a link: once it is open, Back closes it, and does not open it again.
  if (wantsToAdd && !isAdding) setAdding(true);
  useEffect(() => {
    if (wantsToAdd) set('add', '');
  });
  const isEmpty = all?.length === 0;
  const shown = (all ?? []).filter(
    (agent) => (status === 'all' || agent.agent_status === status) && matches(agent.agent_name, q),
  );
  const addButton = mayEdit && (
    <Button
      onClick={() => setAdding(true)}
      onPointerEnter={() => void loadDialog()}
      onFocus={() => void loadDialog()}
    >
      Add agent
    </Button>
  );
  return (
    <Page
      title="Agents"
      tools={
        !isEmpty && (
          <>
            <SearchBox
              label="Find an agent"
              value={q}
              onChange={(value) => set('q', value)}
              className="max-sm:order-last max-sm:flex-[1_1_100%]"
            />
            <Choice
              name="status"
              label="Status"
              options={statuses}
              names={statusNames}
              chosen={status}
              onChoose={(chosen) => set('status', chosen === 'all' ? '' : chosen)}
            />
          </>
        )
      }
      action={!isEmpty && addButton}
    >
      <output className="sr-only">{all && plural(shown.length, 'agent')}</output>
      {isPending && <RowsSkeleton />}
      {error && all === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState title="No agents yet" action={addButton}>
          An agent answers calls to a number or dials from it. Add the first one, then assign it to numbers.
        </EmptyState>
      )}
      {all && all.length > 0 && shown.length === 0 && (
        <EmptyState
          title="No agent matches"
          action={
            <Button
              variant="outline"
              onClick={() => {
                set('q', '');
                set('status', '');
              }}
            >
              Show all agents
            </Button>
          }
        >
          {q !== '' && `None has “${q}” in its name${status === 'all' ? '' : ` and is ${status}`}.`}
        </EmptyState>
      )}
      {shown.length > 0 && <AgentTable agents={shown} onAct={mayEdit ? act : undefined} />}
      <Suspense fallback={null}>
        {isAdding && mayEdit && <AgentDialog onClose={() => setAdding(false)} />}
        {open?.act === 'edit' && <AgentDialog agent={open.agent} onClose={close} />}
        {open?.act === 'retire' && <RetireDialog agent={open.agent} onClose={close} />}
      </Suspense>
    </Page>
  );
};
