import { assertAllowed } from '#server/access.ts';
import { api } from '#contract/api.ts';
import type { ApiKeysService } from '#server/features/api-keys/service.ts';
import type { OperatorsService } from '#server/features/operators/service.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import { Problem } from '#server/problem.ts';
import type { PlanRow } from './rows/plan-store.ts';
import type { StoredChange } from './rows/stored-change.ts';

export interface ActorSources {
  operators: Pick<OperatorsService, 'findActor'>;
  apiKeys: Pick<ApiKeysService, 'findActor'>;
}

type Asked = Pick<PlanRow, 'actor_kind' | 'actor_id' | 'address' | 'request_id' | 'change'>;

/** What a change of many takes: of links and of an account's numbers more than of numbers alone. */
const accessFor = ({ kind, undone_kind: undone }: StoredChange) => {
  if (kind === 'link' || kind === 'unlink')
    return api['POST /v1/phone-numbers/{phone_number_id}/links'].access;
  return kind === 'connection_import' || undone === 'connection_import'
    ? api['POST /v1/connections/{connection_id}/import'].access
    : api['POST /v1/bulk-jobs'].access;
};

export const assertMayDo = (change: StoredChange, actor: Actor | null): void =>
  assertAllowed(accessFor(change), actor, new Date());

const findActor = (
  { operators, apiKeys }: ActorSources,
  { actor_kind: kind, actor_id: id }: Asked,
): Promise<Actor | null> =>
  id === null || kind === 'system'
    ? Promise.resolve(null)
    : kind === 'operator'
      ? operators.findActor(id)
      : apiKeys.findActor(id);

/** What takes milliseconds to look through for each number. */
const mayBeLarge = ({ kind, patch }: StoredChange): boolean =>
  kind === 'patch'
    ? 'routing' in patch || 'call_handling' in patch
    : kind !== 'delete' && kind !== 'rotate' && kind !== 'connection_import';

/** Whoever asked for it, with the rights they have now; null where they may no longer. */
export const actingFor = async (sources: ActorSources, asked: Asked): Promise<RequestContext | null> => {
  const actor = await findActor(sources, asked);
  try {
    assertMayDo(asked.change, actor);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
  return (
    actor && {
      actor,
      requestId: asked.request_id ?? '',
      address: asked.address,
      userAgent: null,
      ifMatch: null,
      isLarge: mayBeLarge(asked.change),
      idempotency: null,
    }
  );
};
