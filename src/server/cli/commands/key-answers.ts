import type { ApiKeyOutcome } from '#contract/api-keys.ts';
import type { Operator } from '#contract/operators.ts';
import { emailSchema } from '#contract/sessions.ts';
import { listLiveKeysOf } from '#server/features/api-keys/service.ts';
import type { Owner } from '#server/features/api-keys/settle-keys.ts';
import type { OperatorsService } from '#server/features/operators/service.ts';
import { Problem } from '#server/problem.ts';
import { CommandError, UsageError, type CommandContext } from '#server/cli/command/command.ts';
import { orCommandError, parseTyped, table, textOf } from '#server/cli/command/command-line.ts';

/**
 * What becomes of the API keys of whoever is disabled, as it is typed: by id, or `all` for those not named.
 */
export const keyAnswerOptions = {
  'end-key': { type: 'string', multiple: true },
  'take-over-key': { type: 'string', multiple: true },
  'new-owner': { type: 'string' },
} as const;

export const keyAnswerUsage = '[--end-key <id|all> …] [--take-over-key <id|all> … --new-owner <e-mail>]';
export const keyAnswerNote =
  'Of an admin who has API keys, say what becomes of each: it ends, or another admin takes it over. all stands for the rest.';

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const findNewOwner = async (
  { values }: CommandContext,
  operators: OperatorsService,
): Promise<Owner | null> => {
  const typed = textOf(values['new-owner']);
  if (typed === undefined) return null;
  const email = parseTyped(emailSchema, typed);
  const found = await operators.findOperator(email);
  if (found === null) throw new CommandError(`No operator has the e-mail ${email}.`);
  return { id: found.operator_id, email };
};

export const readKeyAnswers = async (
  context: CommandContext,
  operators: OperatorsService,
  { operator_id }: Operator,
): Promise<{ answers: Record<string, ApiKeyOutcome>; newOwner: Owner | null }> => {
  const typed = [
    ...listOf(context.values['end-key']).map((id) => [id, 'end'] as const),
    ...listOf(context.values['take-over-key']).map((id) => [id, 'take_over'] as const),
  ];
  const answers = new Map<string, ApiKeyOutcome>(typed);
  if (answers.size < typed.length)
    throw new UsageError('Name each key once: it either ends or is taken over.');
  const newOwner = await findNewOwner(context, operators);
  if (newOwner === null && typed.some(([, answer]) => answer === 'take_over'))
    throw new UsageError('Say which admin takes the keys over: --new-owner rina@company.example');
  const rest = answers.get('all');
  answers.delete('all');
  if (rest !== undefined) {
    const live = await listLiveKeysOf(await context.openDatabase(), operator_id);
    for (const { api_key_id } of live) if (!answers.has(api_key_id)) answers.set(api_key_id, rest);
  }
  return { answers: Object.fromEntries(answers), newOwner };
};

/** What the service refuses, said with the keys and the flags that answer for them. */
export const orKeysNamed = <T>(work: Promise<T>): Promise<T> =>
  orCommandError(
    work.catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'api_keys_unanswered') throw error;
      const keys = error.extra.api_keys ?? [];
      const rows = keys.map((key) => [`  ${key.api_key_id}`, key.name, `${key.hint}…`, key.scopes.join(' ')]);
      throw new CommandError(
        [
          'API keys of theirs are alive:',
          ...table(rows),
          'Nothing was changed. End each with --end-key <id>, or keep it with --take-over-key <id> --new-owner <an admin’s e-mail>; all stands for the rest.',
        ].join('\n'),
      );
    }),
  );
