import { defaultSettings, type SettingName, type Settings, type SettingsPatch } from '#contract/settings.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { lockSettings, saveSettings, selectSettings } from './store.ts';

/** What admins decide for everyone. */
export interface SettingsService {
  readSettings(): Promise<Settings>;
  updateSettings(context: RequestContext, patch: SettingsPatch): Promise<Settings>;
  /** For those who act by them, within their transaction. */
  findSettings(queryable: Queryable): Promise<Settings>;
}

interface SettingsDependencies {
  database: Database;
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedSince'>;
}

const SUBJECT = { kind: 'settings', id: 'settings', name: 'settings' } as const;

const valuesOf = ({
  operator_reveals_per_hour,
  api_key_reveals_per_hour,
}: Record<SettingName, number>): Record<SettingName, number> => ({
  operator_reveals_per_hour,
  api_key_reveals_per_hour,
});

const applyPatch = (
  before: Record<SettingName, number>,
  patch: SettingsPatch,
): Record<SettingName, number> => {
  const after = { ...before };
  for (const name of Object.keys(defaultSettings) as SettingName[]) {
    const asked = patch[name];
    if (asked !== undefined) after[name] = asked ?? defaultSettings[name];
  }
  return after;
};

export const createSettingsService = ({ database, auditEvents }: SettingsDependencies): SettingsService => {
  const refuseStale = async (
    tx: Transaction,
    { ifMatch }: RequestContext,
    { version }: Settings,
  ): Promise<void> => {
    if (ifMatch === null || ifMatch === version) return;
    const detail = `You hold version ${ifMatch}, but the settings are at version ${version}. Look at what changed, then try again.`;
    throw new Problem('version_conflict', detail, {
      changed_fields: await auditEvents.findFieldsChangedSince(tx, 'settings', SUBJECT.id, ifMatch),
    });
  };

  return {
    readSettings: () => selectSettings(database),
    findSettings: selectSettings,
    updateSettings: (context, patch) =>
      database.transaction(async (tx) => {
        const stored = await lockSettings(tx);
        await refuseStale(tx, context, stored);
        const before = valuesOf(stored);
        const after = applyPatch(before, patch);
        const changes = changesBetween(before, after);
        if (Object.keys(changes).length === 0) return stored;
        const saved = await saveSettings(tx, after, stored.version + 1);
        await recordAudit(tx, context, {
          action: 'settings.updated',
          subject: SUBJECT,
          version: saved.version,
          changes,
        });
        await announceChange(tx, {
          subject: 'settings',
          id: SUBJECT.id,
          change: 'updated',
          version: saved.version,
        });
        return saved;
      }),
  };
};
