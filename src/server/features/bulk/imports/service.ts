import type { z } from 'zod';
import { api } from '#contract/api.ts';
import type { Import, ImportQuery, ImportRowList, importRowsQuerySchema } from '#contract/bulk/imports.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Upload } from '#contract/endpoint.ts';
import { assertAllowed } from '#server/access.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { isCountry } from '#server/lib/numbering-plan.ts';
import { newId } from '#server/lib/ids.ts';
import type { Database } from '#server/platform/db/database.ts';
import { createGate, GaveUp } from '#server/platform/fairness/gate.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import { actorKey, type RequestContext } from '#server/request-context.ts';
import type { Kinds } from '#server/features/bulk/kinds.ts';
import type { Plans } from '#server/features/bulk/plans.ts';
import { refusalsToTell, toJob } from '#server/features/bulk/present.ts';
import { selectBulkJobOfPlan } from '#server/features/bulk/rows/job-store.ts';
import type { PlanRow, ToldPlan } from '#server/features/bulk/rows/plan-store.ts';
import { selectImportRows, selectNewAgents } from './import-store.ts';
import { createJudgeRows } from './judge-rows.ts';
import { toImport, toImportRow } from './present-import.ts';
import { createReceive } from './receive.ts';
import { createRunRows } from './run-rows.ts';
import { createTakeUp } from './take-up.ts';

export interface ImportsService {
  /** Takes the whole file in. Answers once it is judged, or after a few seconds as far as it has come. */
  planImport(
    context: RequestContext,
    query: ImportQuery,
    upload: Upload,
    signal: AbortSignal,
  ): Promise<Import>;
  readImport(context: RequestContext, id: string): Promise<Import>;
  listImportRows(
    context: RequestContext,
    id: string,
    query: z.infer<typeof importRowsQuerySchema>,
  ): Promise<ImportRowList>;
  runImport(context: RequestContext, id: string): Promise<BulkJob>;
}

interface ImportsDependencies {
  database: Database;
  keyring: Keyring;
  held: HeldSecrets;
  plans: Plans;
  kinds: Pick<Kinds, 'add'>;
  phoneNumbers: PhoneNumbersService;
}

const AGENTS_TOLD = 100;
/** Files that are taken in at once: of one actor, and of all. */
const UPLOADS = { perActor: 1, maxTotalSize: 4 };
const WAIT_MS = 2000;
const NO_COUNTRY = 'No country has these letters. Write the two of ISO 3166, as in GB.';

const tooMany = (error: unknown): unknown =>
  error instanceof GaveUp
    ? new Problem(
        'too_many_requests',
        'A file of yours is being taken in, or those of many others are. Send this one when that is done.',
        { retry_after_seconds: 5 },
      )
    : error;

export const createImportsService = ({
  database,
  keyring,
  held,
  plans,
  kinds,
  phoneNumbers,
}: ImportsDependencies): ImportsService => {
  const pageTokens = createPageTokens(keyring);
  const uploads = createGate(UPLOADS);
  const receive = createReceive({ database, held, plans });
  const takeUp = createTakeUp(database, held, phoneNumbers);
  kinds.add('import', {
    judge: createJudgeRows(phoneNumbers, takeUp),
    act: createRunRows(phoneNumbers, takeUp),
  });

  /** Of one that was not run the time may be over; what became of one that was is told as long as its job. */
  const findJob = async (plan: PlanRow): Promise<string | null> => {
    const job = await selectBulkJobOfPlan(database, plan.id);
    if (job === undefined) plans.refuseExpired(plan);
    return job?.id ?? null;
  };

  const present = async (plan: ToldPlan): Promise<Import> => {
    const jobId = await findJob(plan);
    return toImport(plan, {
      refusals: refusalsToTell(plan),
      jobId,
      newAgents: await selectNewAgents(database, plan.id, AGENTS_TOLD),
    });
  };

  return {
    async planImport(context, query, upload, signal) {
      if (query.unknown_agents === 'create')
        assertAllowed(api['POST /v2/ai-agents'].access, context.actor, new Date());
      if (query.default_country !== undefined && !isCountry(query.default_country))
        throw fieldProblem([{ pointer: '/default_country', code: 'invalid_value', message: NO_COUNTRY }]);
      const id = newId();
      const leave = await uploads
        .enter(actorKey(context.actor), { signal, withinMs: WAIT_MS })
        .catch((error: unknown) => {
          throw tooMany(error);
        });
      try {
        await receive(context, id, query, upload);
      } finally {
        leave();
      }
      return present(await plans.whenReady(id));
    },

    readImport: async (context, id) => present(await plans.readOwn(context, id, 'import')),

    async listImportRows(context, id, { outcome, code, page_size: pageSize, page_token: token }) {
      await findJob(await plans.readOwn(context, id, 'import'));
      const list = ['import-rows', id, outcome ?? null, code ?? null];
      const after = token === undefined ? -1 : Number(pageTokens.read(list, token)[0]);
      const rows = await selectImportRows(database, {
        planId: id,
        outcome,
        code,
        after,
        limit: pageSize + 1,
      });
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      return {
        rows: page.map(toImportRow),
        next_page_token: isMore ? pageTokens.write(list, [String(last.place)]) : null,
      };
    },

    runImport: async (context, id) => toJob(await plans.run(context, id, 'import')),
  };
};
