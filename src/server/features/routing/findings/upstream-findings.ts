import type { LinkState } from '#contract/connections/links.ts';
import { MAX_COUNTED_FINDINGS, type EstateFinding } from '#contract/numbers/route.ts';
import type { Finding, FindingCode } from '#contract/numbers/finding.ts';
import type { LinksService } from '#server/features/links/service.ts';
import type { Queryable } from '#server/platform/db/database.ts';

/*
 * Numbers that are not on their platform as they are here. Nobody looks for that here: it stands with the
 * numbers, as it was found when they were last sent or read.
 */

export type UpstreamSource = Pick<LinksService, 'findStanding' | 'countStanding'>;

type Told = Extract<LinkState, 'drift' | 'conflict' | 'held' | 'gone' | 'refused'>;

const byState: Readonly<Record<Told, Omit<Finding, 'pointer'>>> = {
  gone: {
    code: 'upstream_gone',
    severity: 'error',
    message: 'The platform does not have this number any more.',
    fix: 'Unlink it, or link it anew: it is created there again.',
  },
  refused: {
    code: 'upstream_refused',
    severity: 'warning',
    message: 'The platform does not take what is saved here.',
    fix: 'Open the number, which says why. Then change it, or try again.',
  },
  conflict: {
    code: 'upstream_conflict',
    severity: 'warning',
    message: 'It was changed here and on the platform, and nothing was overwritten.',
    fix: 'Open the number and keep mine or take theirs, field by field.',
  },
  held: {
    code: 'upstream_held',
    severity: 'warning',
    message: 'Nothing is sent to the platform: a credential is missing here, and could be wiped there.',
    fix: 'Open the number and type the credential.',
  },
  drift: {
    code: 'upstream_drift',
    severity: 'warning',
    message: 'The platform has something else than what is saved here.',
    fix: 'Open the number and take theirs, or keep mine.',
  },
};
const states = Object.keys(byState) as Told[];

export const upstreamCodes: ReadonlySet<FindingCode> = new Set(states.map((state) => byState[state].code));

/** Of the next numbers, from this id on. */
export const findUpstream = async (
  links: UpstreamSource,
  queryable: Queryable,
  fromId: string,
  limit: number,
): Promise<{ id: string; findings: EstateFinding[] }[]> => {
  const rows = await links.findStanding(queryable, { states, fromId, limit });
  return rows.map(({ id, phone_number_international, friendly_name, states: own }) => ({
    id,
    findings: own.map((state) => ({
      ...byState[state as Told],
      pointer: '/links',
      phone_number: { _id: id, phone_number_international, friendly_name },
      business_hours: null,
      agent_id: null,
    })),
  }));
};

/** How many there are of each; of one kind, one more than are counted at most. */
export const countUpstream = async (
  links: UpstreamSource,
  queryable: Queryable,
): Promise<[FindingCode, number][]> => {
  const counts = await links.countStanding(queryable, states, MAX_COUNTED_FINDINGS + 1);
  return states.map((state) => [byState[state].code, counts.get(state) ?? 0]);
};
