import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { api } from '#contract/api.ts';
import { PLAN_MINUTES } from '#contract/bulk/plans.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type {
  ConnectionImport,
  ConnectionImportChoices,
  ConnectionImportRowList,
  connectionImportRowsQuerySchema,
} from '#contract/bulk/connection-imports.ts';
import { assertAllowed } from '#server/access.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import { takeUpstreamAgents } from '#server/features/agents/upstream-agents.ts';
import type { ClosedConnection, OpenConnection } from '#server/features/connections/open-connection.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { createSecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Kinds } from '#server/features/bulk/kinds.ts';
import { noPlan, type Plans } from '#server/features/bulk/plans.ts';
import { toJob } from '#server/features/bulk/present.ts';
import { selectBulkJobOfPlan } from '#server/features/bulk/rows/job-store.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import { noChange } from '#server/features/bulk/rows/stored-change.ts';
import { askedOf } from './choices.ts';
import { problemOfClosed } from './closed.ts';
import { countFindings, selectFindings } from './finding-store.ts';
import { createJudgeRows } from './judge-rows.ts';
import { toConnectionImport, toConnectionImportRow } from './present-import.ts';
import { createReadAccount, readingJobId } from './read-account.ts';
import { insertReading, selectReadAgents, selectReading } from './reading-store.ts';
import { createRunRows } from './run-rows.ts';
import { takeLinksBack } from './take-back.ts';
import { createTakeUp } from './take-up.ts';

/** Which import, of which connection. */
export interface ImportPlace {
  connection_id: string;
  plan_id: string;
}

export interface ConnectionImportsService {
  /** Answers once it is judged, or after a few seconds as far as it has come. */
  preview(
    context: RequestContext,
    connectionId: string,
    choices: ConnectionImportChoices,
  ): Promise<ConnectionImport>;
  read(context: RequestContext, place: ImportPlace): Promise<ConnectionImport>;
  listRows(
    context: RequestContext,
    place: ImportPlace,
    query: z.infer<typeof connectionImportRowsQuerySchema>,
  ): Promise<ConnectionImportRowList>;
  run(context: RequestContext, place: ImportPlace): Promise<BulkJob>;
}

interface Dependencies {
  database: Database;
  keyring: Keyring;
  jobs: Jobs;
  held: HeldSecrets;
  plans: Plans;
  kinds: Pick<Kinds, 'add'>;
  agents: AgentsService;
  connections: Pick<ConnectionsService, 'opening' | 'readConnection'>;
  phoneNumbers: PhoneNumbersService;
}

const READY_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

const refuseClosed = (found: OpenConnection | ClosedConnection): void => {
  if ('closed' in found) throw problemOfClosed(found);
};

export const createConnectionImportsService = (dependencies: Dependencies): ConnectionImportsService => {
  const { database, keyring, jobs, held, plans, kinds, agents, connections, phoneNumbers } = dependencies;
  const pageTokens = createPageTokens(keyring);
  const { opening } = connections;
  const secretsToSend = createSecretsToSend(keyring);
  const takeUp = createTakeUp({ agents, held, phoneNumbers });
  jobs.handle(
    'connection_import',
    createReadAccount({ database, jobs, opening, plans, held, secretsToSend }),
  );
  kinds.add('connection_import', {
    judge: createJudgeRows(phoneNumbers, takeUp),
    act: createRunRows(phoneNumbers, takeUp),
    takeBack: takeLinksBack,
  });

  /** One's own, of this connection; of one that was not run the time may be over. */
  const readOwn = async (context: RequestContext, { connection_id, plan_id }: ImportPlace) => {
    const plan = await plans.readOwn(context, plan_id, 'connection');
    const reading = await selectReading(database, plan_id);
    if (reading?.connection_id !== connection_id) throw noPlan();
    const job = await selectBulkJobOfPlan(database, plan_id);
    if (job === undefined) plans.refuseExpired(plan);
    return { plan, reading, jobId: job?.id ?? null };
  };

  const read = async (context: RequestContext, place: ImportPlace): Promise<ConnectionImport> =>
    toConnectionImport({
      ...(await readOwn(context, place)),
      findings: await countFindings(database, place.plan_id),
      agents: await selectReadAgents(database, place.plan_id, null),
    });

  const whenReady = async (context: RequestContext, place: ImportPlace): Promise<ConnectionImport> => {
    jobs.wake();
    const until = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const { plan, reading } = await readOwn(context, place);
      const isOver = plan.state === 'ready' || reading.failed_code !== null;
      if (isOver || performance.now() > until) return read(context, place);
      await delay(LOOK_EVERY_MS);
    }
  };

  /** With the run: what its numbers are given must be here. */
  const takeAgents = async (tx: Transaction, context: RequestContext, plan: PlanRow): Promise<void> => {
    const { connection_id, choices } = askedOf(plan);
    const isAdding = choices.agents === 'add';
    await takeUpstreamAgents(tx, context, connection_id, await selectReadAgents(tx, plan.id, null), {
      isAdding,
    });
  };

  return {
    async preview(context, connectionId, choices) {
      if (choices.agents === 'add')
        assertAllowed(api['POST /v2/ai-agents'].access, context.actor, new Date());
      const { name, role } = await connections.readConnection(context, connectionId);
      refuseClosed(await opening.openConnection(connectionId));
      const planId = await database.transaction(async (tx) => {
        const id = await plans.add(tx, context, {
          change: {
            ...noChange,
            fields: [],
            kind: 'connection_import',
            file_name: name,
            options: { connection_id: connectionId, role, choices },
          },
          minutes: PLAN_MINUTES,
        });
        await insertReading(tx, { plan_id: id, connection_id: connectionId });
        await jobs.add(tx, { id: readingJobId(id), kind: 'connection_import' });
        return id;
      });
      return whenReady(context, { connection_id: connectionId, plan_id: planId });
    },

    read,

    async listRows(context, place, { outcome, code, page_size: pageSize, page_token: token }) {
      const { plan } = await readOwn(context, place);
      const list = ['connection-import-rows', plan.id, outcome ?? null, code ?? null];
      const after = token === undefined ? -1 : Number(pageTokens.read(list, token)[0]);
      const rows = await selectFindings(database, {
        planId: plan.id,
        finding: outcome,
        code,
        after,
        limit: pageSize + 1,
      });
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      return {
        rows: page.map(toConnectionImportRow),
        next_page_token: isMore ? pageTokens.write(list, [String(last.place)]) : null,
      };
    },

    async run(context, place) {
      const { reading, jobId } = await readOwn(context, place);
      if (reading.failed_code !== null)
        throw new Problem(
          'plan_not_ready',
          'The account could not be read, so there is nothing to import. Make the preview again.',
        );
      if (jobId === null) refuseClosed(await opening.openConnection(place.connection_id));
      const job = await plans.run(context, place.plan_id, 'connection', (tx, plan) =>
        takeAgents(tx, context, plan),
      );
      return toJob(job);
    },
  };
};
