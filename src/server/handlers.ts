import type { EndpointKey } from '#contract/api.ts';
import type { AuditEventListQuery } from '#contract/audit-events.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { ApiKeysService } from '#server/features/api-keys/service.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { BulkService } from '#server/features/bulk/service.ts';
import type { ImportsService } from '#server/features/bulk/imports/service.ts';
import type { ConnectionImportsService } from '#server/features/bulk/connection-imports/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { LinksService } from '#server/features/links/service.ts';
import type { Watch } from '#server/features/links/watch/watch.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { RevealService } from '#server/features/credentials/reveal.ts';
import type { NoticesService } from '#server/features/notices/service.ts';
import type { OperatorsService } from '#server/features/operators/service.ts';
import type { SendFile } from '#server/features/phone-numbers/export/export.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { RoutingService } from '#server/features/routing/service.ts';
import type { SessionsService } from '#server/features/sessions/service.ts';
import type { SettingsService } from '#server/features/settings/service.ts';
import type { ViewsService } from '#server/features/views/service.ts';
import type { Handlers, Handling } from '#server/platform/http/mount.ts';
import type { Actor } from './request-context.ts';

export interface Services {
  phoneNumbers: PhoneNumbersService;
  reveals: RevealService;
  agents: AgentsService;
  bulk: BulkService;
  imports: ImportsService;
  businessHours: BusinessHoursService;
  routing: RoutingService;
  auditEvents: AuditEventsService;
  sessions: SessionsService;
  notices: NoticesService;
  operators: OperatorsService;
  apiKeys: ApiKeysService;
  settings: SettingsService;
  views: ViewsService;
  connections: ConnectionsService;
  connectionImports: ConnectionImportsService;
  links: LinksService;
  watch: Pick<Watch, 'wake'>;
  /** Runs what is heavy for whoever calls. */
  runHeavyFor: (call: EndpointCall) => RunHeavy;
  /** Sends what whoever calls may go on having. */
  sendFileFor: (call: EndpointCall) => SendFile;
  followChanges(request: Request, actor: Actor, since: string | undefined): Response;
}

type EndpointCall = Pick<Handling<EndpointKey>, 'context' | 'request'>;

/** What is heavy as a whole: it counts, or looks through, as many numbers or events as there are. */
const inTurn = <T>({ runHeavyFor }: Services, call: EndpointCall, ask: () => Promise<T>): Promise<T> =>
  runHeavyFor(call)((turn) => turn.query(ask));

// Found by one filter and in the order of the ids, what is asked for may lie far back.
const isFiltered = ({ page_size: _size, page_token: _token, ...filters }: AuditEventListQuery) =>
  Object.values(filters).some((value) => value !== undefined);

/**
 * Endpoint → service function. The compiler refuses this file when an endpoint of the contract has no line
 * here.
 */
export const createHandlers = (services: Services): Handlers => ({
  'GET /v1/phone-numbers': (call) =>
    services.phoneNumbers.listPhoneNumbers(call.context, call.query, services.runHeavyFor(call)),
  'POST /v1/phone-numbers': ({ context, body }) => services.phoneNumbers.addPhoneNumber(context, body),
  'GET /v1/phone-numbers/export': (call) =>
    services.phoneNumbers.exportPhoneNumbers(
      call.context,
      call.query,
      services.runHeavyFor(call),
      services.sendFileFor(call),
    ),
  'GET /v1/phone-numbers/{phone_number_id}': ({ context, params, query }) =>
    services.phoneNumbers.readPhoneNumber(context, params.phone_number_id, query),
  'PATCH /v1/phone-numbers/{phone_number_id}': async ({ context, params, body }) =>
    services.links.whenSent(
      context,
      await services.phoneNumbers.updatePhoneNumber(context, params.phone_number_id, body),
    ),
  'DELETE /v1/phone-numbers/{phone_number_id}': ({ context, params, query }) =>
    services.phoneNumbers.deletePhoneNumber(context, params.phone_number_id, query),
  'POST /v1/phone-numbers/{phone_number_id}/restore': ({ context, params }) =>
    services.phoneNumbers.restorePhoneNumber(context, params.phone_number_id),
  'POST /v1/phone-numbers/{phone_number_id}/delete-for-good': ({ context, params }) =>
    services.phoneNumbers.deletePhoneNumberForGood(context, params.phone_number_id),
  'POST /v1/phone-numbers/{phone_number_id}/restore-version': ({ context, params, body }) =>
    services.phoneNumbers
      .restorePhoneNumberVersion(context, params.phone_number_id, body)
      .then((number) => services.links.whenSent(context, number)),
  'POST /v1/phone-numbers/{phone_number_id}/reveal': ({ context, params, body }) =>
    services.reveals.revealCredential(context, params.phone_number_id, body.credential),
  'GET /v1/phone-numbers/{phone_number_id}/history': ({ context, params, query }) =>
    services.phoneNumbers.readHistory(context, params.phone_number_id, query),
  'GET /v1/labels': (call) => inTurn(services, call, () => services.phoneNumbers.listLabels(call.query)),
  'GET /v1/phone-number-reading': ({ query }) => services.phoneNumbers.readNumberToAdd(query),

  'POST /v1/bulk-jobs': ({ context, query, body }) =>
    query.dry_run === 'true'
      ? services.bulk.makePlan(context, body)
      : services.bulk.runPlan(context, body.plan_id ?? ''),
  'GET /v1/bulk-plans/{plan_id}': ({ context, params }) => services.bulk.readPlan(context, params.plan_id),
  'GET /v1/bulk-plans/{plan_id}/rows': (call) =>
    inTurn(services, call, () => services.bulk.listPlanRows(call.context, call.params.plan_id, call.query)),
  'GET /v1/bulk-jobs': ({ query }) => services.bulk.listJobs(query),
  'GET /v1/bulk-jobs/{bulk_job_id}': ({ params }) => services.bulk.readJob(params.bulk_job_id),
  'GET /v1/bulk-jobs/{bulk_job_id}/rows': (call) =>
    inTurn(services, call, () => services.bulk.listJobRows(call.params.bulk_job_id, call.query)),
  'POST /v1/bulk-jobs/{bulk_job_id}/cancel': ({ context, params }) =>
    services.bulk.cancelJob(context, params.bulk_job_id),
  'POST /v1/bulk-jobs/{bulk_job_id}/undo': ({ context, params }) =>
    services.bulk.undoJob(context, params.bulk_job_id),

  'POST /v1/imports': ({ context, query, body, request }) =>
    services.imports.planImport(context, query, body, request.signal),
  'GET /v1/imports/{import_id}': (call) =>
    inTurn(services, call, () => services.imports.readImport(call.context, call.params.import_id)),
  'GET /v1/imports/{import_id}/rows': (call) =>
    inTurn(services, call, () =>
      services.imports.listImportRows(call.context, call.params.import_id, call.query),
    ),
  'POST /v1/imports/{import_id}/run': ({ context, params }) =>
    services.imports.runImport(context, params.import_id),

  'GET /v1/business-hours': (call) =>
    inTurn(services, call, () => services.businessHours.listBusinessHours()),
  'POST /v1/business-hours': ({ context, body }) => services.businessHours.addBusinessHours(context, body),
  'GET /v1/business-hours/{business_hours_id}': ({ params }) =>
    services.businessHours.readBusinessHours(params.business_hours_id),
  'PATCH /v1/business-hours/{business_hours_id}': ({ context, params, body }) =>
    services.businessHours.updateBusinessHours(context, params.business_hours_id, body),
  'DELETE /v1/business-hours/{business_hours_id}': ({ context, params }) =>
    services.businessHours.deleteBusinessHours(context, params.business_hours_id),

  'POST /v1/route': ({ body, context }) => services.routing.route(body, context.deadline),
  'POST /v1/phone-numbers/{phone_number_id}/route/preview': ({ context, params, body }) =>
    services.routing.preview(context, params.phone_number_id, body),
  'GET /v1/routing/findings': (call) =>
    inTurn(services, call, () => services.routing.listFindings(call.query)),
  'GET /v1/routing/findings/summary': async () => services.routing.summariseFindings(),

  'GET /v2/ai-agents': (call) => inTurn(services, call, () => services.agents.listAgents(call.query)),
  'POST /v2/ai-agents': ({ context, body }) => services.agents.addAgent(context, body),
  'GET /v2/ai-agents/{ai_agent_id}': ({ params }) => services.agents.readAgent(params.ai_agent_id),
  'GET /v2/ai-agents/{ai_agent_id}/uses': (call) =>
    services.phoneNumbers.listAgentUses(call.params.ai_agent_id, call.query, services.runHeavyFor(call)),
  'PUT /v2/ai-agents/{ai_agent_id}': ({ context, params, body }) =>
    services.agents.updateAgent(context, params.ai_agent_id, body),

  'GET /v1/audit-events': (call) => {
    const list = () => services.auditEvents.listAuditEvents(call.context, call.query);
    return isFiltered(call.query) ? inTurn(services, call, list) : list();
  },
  'GET /v1/changes': ({ request, context, query }) =>
    services.followChanges(request, context.actor, query.since),

  'GET /v1/set-up': () => services.sessions.readSetUpState(),
  'POST /v1/set-up': ({ context, body, request, headers }) =>
    services.sessions.setUp(context, body, request, headers),
  'POST /v1/sign-in': ({ context, body, request, headers }) =>
    services.sessions.signIn(context, body, request, headers),
  'POST /v1/sign-out': ({ context, headers }) => services.sessions.signOut(context, headers),
  'GET /v1/me': ({ context }) => services.sessions.readMe(context),
  'PATCH /v1/me': ({ context, body }) => services.sessions.updateMe(context, body),
  'POST /v1/me/confirm-password': ({ context, body }) => services.sessions.confirmPassword(context, body),
  'POST /v1/me/password': ({ context, body, request, headers }) =>
    services.sessions.changePassword(context, body, request, headers),
  'GET /v1/me/sessions': ({ context }) => services.sessions.listSessions(context),
  'DELETE /v1/me/sessions/{session_id}': ({ context, params }) =>
    services.sessions.endSession(context, params.session_id),

  'GET /v1/notices': () => services.notices.listNotices(),

  'GET /v1/operators': () => services.operators.listOperators(),
  'POST /v1/operators': ({ context, body }) => services.operators.addOperator(context, body),
  'PATCH /v1/operators/{operator_id}': ({ context, params, body }) =>
    services.operators.updateOperator(context, params.operator_id, body),

  'GET /v1/api-keys': () => services.apiKeys.listApiKeys(),
  'POST /v1/api-keys': ({ context, body }) => services.apiKeys.addApiKey(context, body),
  'DELETE /v1/api-keys/{api_key_id}': ({ context, params }) =>
    services.apiKeys.revokeApiKey(context, params.api_key_id),

  'GET /v1/settings': () => services.settings.readSettings(),
  'PATCH /v1/settings': ({ context, body }) => services.settings.updateSettings(context, body),

  'GET /v1/views': ({ context }) => services.views.listViews(context),
  'POST /v1/views': ({ context, body }) => services.views.addView(context, body),
  'PATCH /v1/views/{view_id}': ({ context, params, body }) =>
    services.views.updateView(context, params.view_id, body),
  'DELETE /v1/views/{view_id}': ({ context, params }) => services.views.deleteView(context, params.view_id),

  'GET /v1/connections': ({ context }) => services.connections.listConnections(context),
  'POST /v1/connections': ({ context, body }) => services.connections.addConnection(context, body),
  'GET /v1/connections/{connection_id}': ({ context, params }) =>
    services.connections.readConnection(context, params.connection_id),
  'PATCH /v1/connections/{connection_id}': ({ context, params, body }) =>
    services.connections.updateConnection(context, params.connection_id, body),
  'DELETE /v1/connections/{connection_id}': ({ context, params }) =>
    services.connections.removeConnection(context, params.connection_id),
  'POST /v1/connections/{connection_id}/check': async ({ context, params, request }) => {
    const { connection_id: id } = params;
    const checked = await services.connections.checkConnection(context, id, request.signal);
    services.watch.wake();
    return checked;
  },
  'POST /v1/connections/{connection_id}/pause': ({ context, params }) =>
    services.connections.setPaused(context, params.connection_id, true),
  'POST /v1/connections/{connection_id}/resume': async ({ context, params }) => {
    const resumed = await services.connections.setPaused(context, params.connection_id, false);
    services.watch.wake();
    return resumed;
  },
  'POST /v1/connections/{connection_id}/reveal': ({ context, params, body }) =>
    services.reveals.revealConnectionCredential(context, params.connection_id, body.credential),
  'POST /v1/connections/{connection_id}/import/preview': ({ context, params, body }) =>
    services.connectionImports.preview(context, params.connection_id, body),
  'GET /v1/connections/{connection_id}/import/{plan_id}': (call) =>
    inTurn(services, call, () => services.connectionImports.read(call.context, call.params)),
  'GET /v1/connections/{connection_id}/import/{plan_id}/rows': (call) =>
    inTurn(services, call, () => services.connectionImports.listRows(call.context, call.params, call.query)),
  'POST /v1/connections/{connection_id}/import': ({ context, params, body }) =>
    services.connectionImports.run(context, { ...params, plan_id: body.plan_id }),

  'GET /v1/pending-changes': (call) =>
    inTurn(services, call, () => services.links.listPendingChanges(call.query)),
  'GET /v1/drift': (call) => inTurn(services, call, () => services.links.listDrift(call.query)),
  'POST /v1/phone-numbers/{phone_number_id}/links': ({ context, params, body }) =>
    services.links.addLink(context, params.phone_number_id, body),
  'GET /v1/phone-numbers/{phone_number_id}/links/{role}': ({ params }) => services.links.readLink(params),
  'DELETE /v1/phone-numbers/{phone_number_id}/links/{role}': ({ context, params }) =>
    services.links.removeLink(context, params),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/retry': ({ context, params }) =>
    services.links.retry(context, params),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/keep-mine': ({ context, params, body }) =>
    services.links.keepMine(context, params, body),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/take-theirs': ({ context, params, body }) =>
    services.links.takeTheirs(context, params, body),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/restore': ({ context, params, body }) =>
    services.links.restoreBefore(context, params, body),
});
