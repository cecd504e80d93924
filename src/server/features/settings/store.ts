import { defaultSettings, type SettingName, type Settings } from '#contract/settings.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

const columns = 'operator_reveals_per_hour, api_key_reveals_per_hour, version, updated_at';
const untouched: Settings = { ...defaultSettings, version: 1, updated_at: null };

export const selectSettings = async (queryable: Queryable): Promise<Settings> => {
  const [row] = await queryable.query<Settings>({
    name: 'select_settings',
    text: `select ${columns} from settings`,
    instants: 'iso',
  });
  return row ?? untouched;
};

// Any number, so long as no other lock has it.
const SETTINGS_LOCK = 7_412_608;

/**
 * Nobody else changes them until the transaction ends. A lock of its own: before the first change there is no
 * row.
 */
export const lockSettings = async (tx: Transaction): Promise<Settings> => {
  await tx.query('select pg_advisory_xact_lock($1)', [SETTINGS_LOCK]);
  return selectSettings(tx);
};

const upsertText = `insert into settings (operator_reveals_per_hour, api_key_reveals_per_hour, version) values ($1, $2, $3)
  on conflict (only_one) do update set operator_reveals_per_hour = $1, api_key_reveals_per_hour = $2, version = $3, updated_at = now()
  returning ${columns}`;

export const saveSettings = async (
  tx: Transaction,
  values: Record<SettingName, number>,
  version: number,
): Promise<Settings> => {
  const sent = [values.operator_reveals_per_hour, values.api_key_reveals_per_hour, version];
  const [row] = await tx.query<Settings>({ text: upsertText, instants: 'iso' }, sent);
  if (!row) throw new Error('The settings were not written');
  return row;
};
