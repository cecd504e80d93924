import { useForm } from 'react-hook-form';
import { agentCreateSchema, type Agent } from '#contract/agents.ts';
import { Field } from '#client/components/form/field.tsx';
import { FormDialog } from '#client/components/form/form-dialog.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { resolveOver } from '#client/components/form/resolve-over.ts';
import { useSubmit } from '#client/components/form/use-submit.ts';
import { toast } from '#client/lib/toast.ts';
import { useAddAgent, useUpdateAgent } from './acts.ts';

/** An empty language is no language, in the schema's words. */
const languageOf = (typed: string | null | undefined) => (typed?.trim() ? typed : null);

interface AgentDialogProps {
  /** Which one to change; without it, one is added. */
  agent?: Agent;
  /** What a new one is called to begin with. */
  name?: string;
  /** The verb on what led here. */
  verb?: 'Add' | 'Create';
  onAdded?: (agent: Agent) => void;
  onClose: () => void;
}

const done = { Add: 'added', Create: 'created' } as const;

/** Adds an agent, or with `agent` changes its name and language. */
export const AgentDialog = ({ agent, name = '', verb = 'Add', onAdded, onClose }: AgentDialogProps) => {
  const add = useAddAgent();
  const update = useUpdateAgent();
  const form = useForm({
    resolver: resolveOver(agentCreateSchema, { agent_name: agent?.agent_name }),
    defaultValues: { agent_name: agent?.agent_name ?? name, language_code: agent?.language_code ?? null },
  });
  const { onSubmit, isSubmitting, messages } = useSubmit({
    form,
    fields: ['agent_name', 'language_code'],
    byCode: { agent_name_taken: 'agent_name' },
    send: async (body) => {
      const { data } = await (agent === undefined
        ? add.mutateAsync(body)
        : update.mutateAsync({ ai_agent_id: agent.ai_agent_id, body }));
      onClose();
      toast({ message: `“${data.agent_name}” ${agent === undefined ? done[verb] : 'saved'}` });
      if (agent === undefined) onAdded?.(data);
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      title={agent === undefined ? `${verb} agent` : 'Edit agent'}
      verb={agent === undefined ? `${verb} agent` : 'Save'}
      {...{ isDirty, isSubmitting, messages, onSubmit, onClose }}
    >
      <Field label="Name" hint="Operators choose the agent by it." error={errors.agent_name?.message}>
        {(control) => <Input autoComplete="off" {...control} {...form.register('agent_name')} />}
      </Field>
      <Field
        label="Language"
        hint="Optional. A language tag, as in en or bn-BD."
        error={errors.language_code?.message}
      >
        {(control) => (
          <Input
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="max-w-40"
            {...control}
            {...form.register('language_code', { setValueAs: languageOf })}
          />
        )}
      </Field>
    </FormDialog>
  );
};
