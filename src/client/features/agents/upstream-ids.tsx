import { useEffect, useId } from 'react';
import { useForm } from 'react-hook-form';
import type { Agent } from '#contract/agents.ts';
import type { Connection } from '#contract/connections/connections.ts';
import { Field, FormError } from '#client/components/form/field.tsx';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { toast } from '#client/lib/toast.ts';
import { useUpdateAgent } from './acts.ts';

interface Props {
  agent: Agent;
  connection: Pick<Connection, 'connection_id' | 'name'>;
}

const ReadId = ({ agent, connection: { connection_id: id, name } }: Props) => {
  const stored = agent.upstream_ids[id];
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <dt className="text-ink-2">
        Id on <bdi>{name}</bdi>
      </dt>
      <dd className="min-w-0 wrap-anywhere">
        {stored === undefined ? (
          <span className="text-ink-3">none</span>
        ) : (
          <span className="font-mono">{stored}</span>
        )}
      </dd>
    </div>
  );
};

const IdField = ({ agent, connection: { connection_id: id, name } }: Props) => {
  const update = useUpdateAgent();
  const stored = agent.upstream_ids[id] ?? '';
  const form = useForm({ defaultValues: { upstream_ids: stored } });
  const { errors, isDirty } = form.formState;
  // What is typed stays, whatever others save meanwhile.
  useEffect(() => {
    if (!isDirty) form.reset({ upstream_ids: stored });
  }, [form, isDirty, stored]);
  useLeaveGuard(isDirty, `The id on ${name} is not saved.`);
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    // Its errors name it by the connection: `/upstream_ids/…`.
    fields: ['upstream_ids'],
    byCode: { upstream_id_taken: 'upstream_ids', connection_not_found: 'upstream_ids' },
    send: async ({ upstream_ids: typed }) => {
      const value = typed.trim() === '' ? null : typed.trim();
      await update.mutateAsync({ ai_agent_id: agent.ai_agent_id, body: { upstream_ids: { [id]: value } } });
      form.reset({ upstream_ids: value ?? '' });
      toast({
        message:
          value === null
            ? `“${agent.agent_name}” has no id on ${name} any more`
            : `Id of “${agent.agent_name}” on ${name} saved`,
      });
    },
  });
  return (
    <form noValidate className="grid max-w-120 gap-1.5" onSubmit={onSubmit}>
      <Field
        label={
          <>
            Id on <bdi>{name}</bdi>
          </>
        }
        hint="Without it, the agent cannot be given to a number that is linked there."
        error={errors.upstream_ids?.message}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="min-w-0 font-mono"
              {...control}
              {...form.register('upstream_ids')}
            />
            <Button
              type="submit"
              variant="outline"
              disabled={!isDirty}
              isBusy={isSubmitting}
              aria-label={`Save the id on ${name}`}
            >
              Save
            </Button>
          </div>
        )}
      </Field>
      <FormError messages={messages} />
    </form>
  );
};

interface UpstreamIdsProps {
  agent: Agent;
  connections: readonly Connection[];
}

/** The id that the agent has on each platform; nothing where there is no connection. */
export const UpstreamIds = ({ agent, connections }: UpstreamIdsProps) => {
  const id = useId();
  const mayEdit = useMay('operator');
  if (connections.length === 0) return null;
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id={id} className="text-sm font-semibold">
        Upstream
      </h2>
      {mayEdit ? (
        connections.map((connection) => <IdField key={connection.connection_id} {...{ agent, connection }} />)
      ) : (
        <dl className="grid gap-2">
          {connections.map((connection) => (
            <ReadId key={connection.connection_id} {...{ agent, connection }} />
          ))}
        </dl>
      )}
    </section>
  );
};
