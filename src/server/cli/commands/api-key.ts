import { apiKeyCreateSchema } from '#contract/api-keys.ts';
import { scopes } from '#contract/access.ts';
import { DEFAULT_KEY_DAYS } from '#contract/key-days.ts';
import { createApiKeysService } from '#server/features/api-keys/service.ts';
import { UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';
import {
  commandLineContext,
  orCommandError,
  parseTyped,
  table,
  textOf,
} from '#server/cli/command/command-line.ts';

// A command knows no key by heart: every server hears of what it does.
const openApiKeys = async ({ openDatabase }: CommandContext) =>
  createApiKeysService({ database: await openDatabase(), known: { forgetKey: () => {} } });

const HOUR_MS = 60 * 60_000;
const units: Record<string, number> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };

/** `90d`, `12h`, `4w`, a date, or `never`; the service decides where nothing was said. */
const readExpiry = (typed: string | undefined): string | null | undefined => {
  if (typed === undefined) return undefined;
  if (typed === 'never') return null;
  const [, count, unit = ''] = /^(\d{1,5})([hdw])$/.exec(typed) ?? [];
  const at = count === undefined ? Date.parse(typed) : Date.now() + Number(count) * (units[unit] ?? 0);
  if (Number.isNaN(at))
    throw new UsageError('Say when the key expires as in 90d, 12h, 4w, 2027-01-31 or never.');
  return new Date(at).toISOString();
};

const add = async (context: CommandContext): Promise<void> => {
  const { values, print, explain } = context;
  const body = parseTyped(apiKeyCreateSchema, {
    name: values['name'],
    scopes: values['scope'] ?? [],
    expires_at: readExpiry(textOf(values['expires'])),
  });
  const apiKeys = await openApiKeys(context);
  const { api_key, key } = await orCommandError(apiKeys.addApiKey(commandLineContext(), body));
  explain(
    `Added ${api_key.name} (${api_key.api_key_id}) with ${api_key.scopes.join(', ')}; it ${api_key.expires_at ? `expires ${api_key.expires_at}` : 'never expires'}.`,
  );
  explain('This is the key. It is shown this once; send it as Authorization: Bearer.');
  print(key);
};

const list = async (context: CommandContext): Promise<void> => {
  const { api_keys } = await (await openApiKeys(context)).listApiKeys();
  if (api_keys.length === 0) return context.print('There are no API keys yet.');
  const now = new Date().toISOString();
  const stateOf = (key: (typeof api_keys)[number]) =>
    key.revoked_at
      ? 'revoked'
      : key.expires_at && key.expires_at <= now
        ? 'expired'
        : (key.expires_at?.slice(0, 10) ?? 'never');
  const rows = api_keys.map((key) => [
    key.api_key_id,
    key.name,
    `${key.hint}…`,
    key.owner?.name ?? 'nobody',
    stateOf(key),
    key.last_used_at?.slice(0, 16) ?? 'never',
    key.scopes.join(' '),
  ]);
  for (const line of table([['ID', 'Name', 'Begins', 'Owner', 'Expires', 'Last used', 'Scopes'], ...rows]))
    context.print(line);
};

const revoke = async (context: CommandContext): Promise<void> => {
  const id = context.positionals[1];
  if (id === undefined) throw new UsageError('Name the key by its ID; api-key list shows it.');
  await orCommandError((await openApiKeys(context)).revokeApiKey(commandLineContext(), id));
  context.print('Revoked. The key opens nothing any more.');
};

const acts: Record<string, (context: CommandContext) => Promise<void>> = { add, list, revoke };

export const apiKey: Command = {
  name: 'api-key',
  summary: 'Add, list and revoke API keys.',
  usage: [
    'api-key add --name <name> --scope <scope> [--scope <scope> …] [--expires <90d|12h|2027-01-31|never>]',
    'api-key list',
    'api-key revoke <id>',
  ],
  notes: [
    `Scopes: ${scopes.join(', ')}`,
    `A key ends after ${DEFAULT_KEY_DAYS} days unless told otherwise. One that is added here belongs to nobody. Only the key itself goes to standard output.`,
  ],
  options: {
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
    expires: { type: 'string' },
  },
  run: async (context) => {
    const act = acts[context.positionals[0] ?? ''];
    if (act === undefined) throw new UsageError('Say what to do: add, list or revoke.');
    await act(context);
  },
};
