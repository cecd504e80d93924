import { operatorCreateSchema } from '#contract/operators.ts';
import { emailSchema, newPasswordSchema } from '#contract/sessions.ts';
import { createOperatorsService } from '#server/features/operators/service.ts';
import { endSessions } from '#server/features/sessions/end-sessions.ts';
import { enrolment } from '#server/features/sessions/enrolment.ts';
import { CommandError, UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';
import {
  commandLineContext,
  orCommandError,
  parseTyped,
  table,
  textOf,
} from '#server/cli/command/command-line.ts';
import {
  keyAnswerNote,
  keyAnswerOptions,
  keyAnswerUsage,
  orKeysNamed,
  readKeyAnswers,
} from './key-answers.ts';

// A command remembers neither sessions nor keys; a running server hears of the change and forgets by itself.
const openOperators = async ({ openDatabase }: CommandContext) =>
  createOperatorsService({
    database: await openDatabase(),
    sessions: { ...enrolment, endSessions, forgetOperator: () => {} },
    apiKeys: { forgetKey: () => {} },
  });

const emailOf = ({ values, positionals }: CommandContext): string => {
  const typed = textOf(values['email']) ?? positionals[1];
  if (typed === undefined) throw new UsageError('Name the operator: --email rina@company.example');
  return parseTyped(emailSchema, typed);
};

const findOperator = async (context: CommandContext) => {
  const email = emailOf(context);
  const operators = await openOperators(context);
  const operator = await operators.findOperator(email);
  if (operator === null) throw new CommandError(`No operator has the e-mail ${email}.`);
  return { operators, operator };
};

const add = async (context: CommandContext): Promise<void> => {
  const { values, readSecret, print } = context;
  const email = emailOf(context);
  const typed = {
    email,
    name: textOf(values['name']) ?? email.split('@')[0],
    role: textOf(values['role']) ?? 'viewer',
  };
  // Everything else is judged before the password is asked for.
  parseTyped(operatorCreateSchema.omit({ password: true }), typed);
  const body = parseTyped(operatorCreateSchema, { ...typed, password: await readSecret('Password: ') });
  const operators = await openOperators(context);
  const { name, role } = await orCommandError(operators.addOperator(commandLineContext(), body));
  print(`Added ${name}, ${role}. They can sign in as ${email}.`);
};

const list = async (context: CommandContext): Promise<void> => {
  const { operators } = await (await openOperators(context)).listOperators();
  if (operators.length === 0) return context.print('There are no operators yet.');
  const rows = operators.map(({ email, name, role, is_disabled }) => [
    email,
    name,
    role,
    is_disabled ? 'disabled' : '',
  ]);
  for (const line of table([['E-mail', 'Name', 'Role', ''], ...rows])) context.print(line);
};

const password = async (context: CommandContext): Promise<void> => {
  const { operators, operator } = await findOperator(context);
  const chosen = parseTyped(newPasswordSchema, await context.readSecret('New password: '));
  await orCommandError(operators.resetPassword(commandLineContext(), operator.operator_id, chosen));
  context.print(`${operator.name} has a new password. Every session of theirs has ended.`);
};

const disable = async (context: CommandContext): Promise<void> => {
  const { operators, operator } = await findOperator(context);
  const { answers, newOwner } = await readKeyAnswers(context, operators, operator);
  await orKeysNamed(
    operators.updateOperator(
      commandLineContext(),
      operator.operator_id,
      { is_disabled: true, api_keys: answers },
      newOwner,
    ),
  );
  context.print(`${operator.name} is disabled. Every session of theirs has ended.`);
};

const enable = async (context: CommandContext): Promise<void> => {
  const { operators, operator } = await findOperator(context);
  await orCommandError(
    operators.updateOperator(commandLineContext(), operator.operator_id, { is_disabled: false }),
  );
  context.print(`${operator.name} can sign in again.`);
};

const acts: Record<string, (context: CommandContext) => Promise<void>> = {
  add,
  list,
  password,
  disable,
  enable,
};

export const operator: Command = {
  name: 'operator',
  summary: 'Add and list operators, set their password, disable or enable them.',
  usage: [
    'operator add --email <e-mail> --role <viewer|operator|admin> [--name <name>]   (the password is read from standard input)',
    'operator list',
    'operator password --email <e-mail>   (the password is read from standard input)',
    `operator disable --email <e-mail> ${keyAnswerUsage}`,
    'operator enable --email <e-mail>',
  ],
  notes: [keyAnswerNote],
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    ...keyAnswerOptions,
  },
  run: async (context) => {
    const act = acts[context.positionals[0] ?? ''];
    if (act === undefined) throw new UsageError('Say what to do: add, list, password, disable or enable.');
    await act(context);
  },
};
