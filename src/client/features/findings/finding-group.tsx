import { Link } from 'wouter';
import { Button } from '#client/components/ui/button.tsx';
import { failedMessage } from '#client/api/api-error.ts';
import { useUpdateAgent } from '#client/features/agents/acts.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { plural } from '#client/lib/words/format.ts';
import { toast } from '#client/lib/toast.ts';
import { FindingRow } from './finding-row.tsx';
import type { FindingGroup } from './finding-words.ts';
import { Severity } from './severity.tsx';
import type { Mended } from './use-mended.ts';
import { useMendedContext } from './use-repair.ts';

const countOf = ({ findings }: FindingGroup) => {
  const subjects = new Set(
    findings.map(({ phone_number, business_hours }) => phone_number?._id ?? business_hours),
  );
  return findings[0]?.phone_number ? plural(subjects.size, 'number') : 'Business hours';
};

/** Brings a retired agent back, and so mends all that is said of it. */
const Reinstate = ({ group, name }: { group: FindingGroup; name: string }) => {
  const { keep, forget } = useMendedContext();
  const update = useUpdateAgent();
  const set = (agent_status: 'active' | 'retired') =>
    update.mutateAsync({ ai_agent_id: group.agent_id ?? '', body: { agent_status } });
  const fail = (what: string) => (thrown: unknown) =>
    toast({ tone: 'harm', message: failedMessage(`“${name}”`, what, thrown) });
  const undo = () =>
    void set('retired').then(() => {
      for (const finding of group.findings) forget(finding);
    }, fail('was not retired again'));
  const reinstate = () =>
    set('active').then(() => {
      for (const finding of group.findings) keep(finding, { now: `“${name}” reinstated` });
      toast({ message: `“${name}” reinstated`, action: { label: 'Undo', run: undo } });
    }, fail('was not reinstated'));
  return (
    <Button
      variant="outline"
      size="sm"
      isBusy={update.isPending}
      aria-label={`Reinstate ${name}`}
      onClick={() => void reinstate()}
    >
      Reinstate
    </Button>
  );
};

interface FindingGroupProps {
  group: FindingGroup;
  mayEdit: boolean;
  mendedOf: (finding: FindingGroup['findings'][number]) => Mended | undefined;
}

/** A sentence, the way out, and all that it is said of. */
export const FindingGroupItem = ({ group, mayEdit, mendedOf }: FindingGroupProps) => {
  const { code, severity, message, fix, agent_id, findings } = group;
  const agent = useAgents().data?.find(({ ai_agent_id }) => ai_agent_id === agent_id);
  const isAllMended = findings.every((finding) => mendedOf(finding) !== undefined);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b border-line/60 px-4 py-3">
      <div className="flex items-start gap-2.5">
        <Severity severity={severity} />
        <div className="min-w-0 flex-1 wrap-anywhere">
          <h2 className="font-medium">
            {message} <span className="font-normal text-ink-3">{countOf(group)}</span>
          </h2>
          <p className="text-ink-2">
            {agent && (
              <>
                <Link
                  href={`/agents/${encodeURIComponent(agent.ai_agent_id)}`}
                  className="rounded-sm underline decoration-line-2 underline-offset-3 hover:decoration-current"
                >
                  <bdi>{agent.agent_name}</bdi>
                </Link>
                {': '}
              </>
            )}
            {fix}
          </p>
        </div>
        {mayEdit && code === 'retired_agent' && agent && !isAllMended && (
          <Reinstate group={group} name={agent.agent_name} />
        )}
      </div>
      <ul className="grid grid-cols-[minmax(0,1fr)] pl-6.5">
        {findings.map((finding) => (
          <FindingRow
            key={`${finding.phone_number?._id ?? finding.business_hours?.business_hours_id} ${finding.pointer}`}
            finding={finding}
            mayEdit={mayEdit}
            mended={mendedOf(finding)}
          />
        ))}
      </ul>
    </li>
  );
};
