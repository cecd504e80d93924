import { pointerTo } from '#contract/pointer.ts';
import type { AuditAction } from '#contract/audit-events.ts';
import {
  businessHoursPatchSchema,
  type BusinessHours,
  type BusinessHoursCreate,
  type Hours,
} from '#contract/business-hours.ts';
import type { Change } from '#contract/changes.ts';
import type { FieldError } from '#contract/errors.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import {
  isUniqueViolation,
  type Database,
  type Queryable,
  type Transaction,
} from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import { actOnce, answerOnce, doOnce } from '#server/platform/idempotency/answer-once.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { newId } from '#server/lib/ids.ts';
import { sortKeys } from '#server/lib/sort-keys.ts';
import type { RequestContext } from '#server/request-context.ts';
import {
  countBusinessHours,
  countNumbersUsing,
  deleteBusinessHoursRow,
  insertBusinessHours,
  lockBusinessHours,
  lockBusinessHoursShared,
  selectAllBusinessHours,
  selectBusinessHours,
  selectHours,
  updateBusinessHoursRow,
  type BusinessHoursRow,
  type CountedBusinessHoursRow,
} from './store.ts';

export interface BusinessHoursService {
  listBusinessHours(): Promise<{ business_hours: BusinessHours[] }>;
  addBusinessHours(context: RequestContext, body: BusinessHoursCreate): Promise<BusinessHours>;
  readBusinessHours(id: string): Promise<BusinessHours>;
  /** A merge patch as it was sent. */
  updateBusinessHours(
    context: RequestContext,
    id: string,
    body: Record<string, unknown>,
  ): Promise<BusinessHours>;
  deleteBusinessHours(context: RequestContext, id: string): Promise<undefined>;
  /**
   * Of each number, an error for each place, by its JSON pointer, whose hours do not exist. Those that do
   * stay until the transaction ends.
   */
  findMissing(tx: Transaction, numbers: readonly Readonly<Record<string, string>>[]): Promise<FieldError[][]>;
  /** For those who decide by them: all, or these. */
  findHours(queryable: Queryable, ids: readonly string[] | null): Promise<BusinessHoursRow[]>;
}

const notFound = () => new Problem('not_found', 'No business hours have this id.');

const toBusinessHours = ({ id, phone_number_count, ...row }: CountedBusinessHoursRow): BusinessHours => ({
  business_hours_id: id,
  name: row.name,
  time_zone: row.time_zone,
  weekly: row.weekly.map(({ days, start, end }) => ({ days, start, end })),
  exceptions: row.exceptions.map(({ name, start_date, end_date, every_year, intervals }) => ({
    name,
    start_date,
    end_date,
    every_year,
    intervals: intervals.map(({ start, end }) => ({ start, end })),
  })),
  phone_number_count,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

const changeableOf = ({ name, time_zone, weekly, exceptions }: Hours) => ({
  name,
  time_zone,
  weekly,
  exceptions,
});

// The database keeps no order of keys.
const audited = ({ name, time_zone, weekly, exceptions }: Hours) => ({
  name,
  time_zone,
  weekly: sortKeys(weekly),
  exceptions: sortKeys(exceptions),
});

const nothing = { name: null, time_zone: null, weekly: null, exceptions: null };

const refuseTakenName = (error: unknown): never => {
  if (!isUniqueViolation(error, 'business_hours_name_key')) throw error;
  const message =
    'Choose a name that no other hours have: names that look alike are one, in upper or lower case.';
  throw new Problem('business_hours_name_taken', message, {
    errors: [{ pointer: pointerTo('name'), code: 'business_hours_name_taken', message }],
  });
};

// All of them are read together, by the console as by whoever decides.
const MAX_BUSINESS_HOURS = 500;

const refuseInUse = (count: number): void => {
  if (count === 0) return;
  const numbers = count === 1 ? 'One number goes' : `${count} numbers go`;
  throw new Problem('business_hours_in_use', `${numbers} by these hours. Give them others first.`);
};

interface BusinessHoursDependencies {
  database: Database;
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedSince'>;
}

/** What may happen to business hours. Each act is one transaction: the row, its event, its announcement. */
export const createBusinessHoursService = ({
  database,
  auditEvents,
}: BusinessHoursDependencies): BusinessHoursService => {
  const present = async (queryable: Queryable, id: string): Promise<BusinessHours> => {
    const row = await selectBusinessHours(queryable, id);
    if (!row) throw notFound();
    return toBusinessHours(row);
  };

  const refuseStale = async (
    tx: Transaction,
    { ifMatch }: RequestContext,
    { id, version }: BusinessHoursRow,
  ): Promise<void> => {
    if (ifMatch === null || ifMatch === version) return;
    const detail = `You hold version ${ifMatch}, but the hours are at version ${version}. Look at what changed, then try again.`;
    throw new Problem('version_conflict', detail, {
      changed_fields: await auditEvents.findFieldsChangedSince(tx, 'business_hours', id, ifMatch),
    });
  };

  const lock = async (tx: Transaction, context: RequestContext, id: string): Promise<BusinessHoursRow> => {
    const row = await lockBusinessHours(tx, id);
    if (!row) throw notFound();
    await refuseStale(tx, context, row);
    return row;
  };

  const record = async (
    tx: Transaction,
    context: RequestContext,
    act: { action: AuditAction; change: Change['change'] },
    { id, name, version }: { id: string; name: string; version: number },
    [before, after]: readonly [Record<string, unknown>, Record<string, unknown>],
  ): Promise<void> => {
    const changes = changesBetween(before, after);
    await recordAudit(tx, context, {
      action: act.action,
      subject: { kind: 'business_hours', id, name },
      version,
      changes,
    });
    await announceChange(tx, { subject: 'business_hours', id, change: act.change, version });
  };

  return {
    listBusinessHours: async () => ({
      business_hours: (await selectAllBusinessHours(database)).map(toBusinessHours),
    }),

    readBusinessHours: (id) => present(database, id),

    addBusinessHours(context, body) {
      const add = async (tx: Transaction) => {
        if ((await countBusinessHours(tx)) >= MAX_BUSINESS_HOURS)
          throw new Problem(
            'too_many_business_hours',
            `There is room for ${MAX_BUSINESS_HOURS}. Let numbers share hours, or delete what none goes by.`,
          );
        const id = newId();
        await insertBusinessHours(tx, id, body);
        await record(
          tx,
          context,
          { action: 'business_hours.added', change: 'added' },
          { id, name: body.name, version: 1 },
          [nothing, audited(body)],
        );
        return present(tx, id);
      };
      return database.transaction((tx) => answerOnce(tx, context, 201, () => add(tx))).catch(refuseTakenName);
    },

    updateBusinessHours(context, id, body) {
      const update = async (tx: Transaction) => {
        const before = await lock(tx, context, id);
        const patch = await readOver(context, businessHoursPatchSchema, changeableOf(before), body);
        const after: Hours = {
          name: patch.name ?? before.name,
          time_zone: patch.time_zone ?? before.time_zone,
          weekly: patch.weekly ?? before.weekly,
          exceptions: patch.exceptions ?? before.exceptions,
        };
        const states = [audited(before), audited(after)] as const;
        if (Object.keys(changesBetween(...states)).length > 0) {
          const version = await updateBusinessHoursRow(tx, id, after);
          await record(
            tx,
            context,
            { action: 'business_hours.updated', change: 'updated' },
            { id, name: after.name, version },
            states,
          );
        }
        return present(tx, id);
      };
      return database
        .transaction((tx) =>
          actOnce(
            tx,
            context,
            200,
            () => update(tx),
            () => present(tx, id),
          ),
        )
        .catch(refuseTakenName);
    },

    async deleteBusinessHours(context, id) {
      const remove = async (tx: Transaction) => {
        const row = await lock(tx, context, id);
        refuseInUse(await countNumbersUsing(tx, id));
        await deleteBusinessHoursRow(tx, id);
        const act = { action: 'business_hours.deleted', change: 'deleted' } as const;
        await record(tx, context, act, { ...row, version: row.version + 1 }, [audited(row), nothing]);
      };
      await database.transaction((tx) => doOnce(tx, context, () => remove(tx)));
      return undefined;
    },

    async findMissing(tx, numbers) {
      const ids = new Set(numbers.flatMap((places) => Object.values(places)));
      const locked = ids.size === 0 ? ids : await lockBusinessHoursShared(tx, [...ids]);
      const message = 'No business hours have this id. Choose some from GET /v1/business-hours.';
      return numbers.map((places) =>
        Object.entries(places).flatMap(([pointer, id]) =>
          locked.has(id) ? [] : [{ pointer, code: 'business_hours_not_found', message }],
        ),
      );
    },

    findHours: selectHours,
  };
};
