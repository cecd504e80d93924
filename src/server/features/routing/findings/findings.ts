import { partsOfPointer } from '#contract/pointer.ts';
import type { EstateFinding, FindingList, FindingListQuery } from '#contract/numbers/route.ts';
import type { Finding, FindingCode } from '#contract/numbers/finding.ts';
import { lintHours } from '#routing/lint/lint.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { findAcrossZones } from './across-zones.ts';
import { byId, lintNumbers, type Facts } from './lint-numbers.ts';
import { selectHoursCountries, selectSuspects, type SuspectRow } from './findings-store.ts';
import type { KnownHours, VersionedHours } from '#server/features/routing/memory/known-hours.ts';
import { findUpstream, upstreamCodes, type UpstreamSource } from './upstream-findings.ts';

// Of a million numbers with nothing wrong, a request looks at so many and says where to go on.
const LOOK_AT = 5000;
const BATCH = 500;

const hoursCodes: ReadonlySet<FindingCode> = new Set<FindingCode>(['past_exception', 'hours_across_zones']);

const stages = ['hours', 'numbers', 'upstream'] as const;
type Stage = (typeof stages)[number];
const stageOf = (text: string): Stage => stages.find((stage) => stage === text) ?? 'hours';

/** Where findings of this kind are; all of them are everywhere. */
const isFoundIn = (stage: Stage, code: FindingCode | undefined): boolean => {
  if (code === undefined) return true;
  const own = hoursCodes.has(code) ? 'hours' : upstreamCodes.has(code) ? 'upstream' : 'numbers';
  return own === stage;
};

/**
 * Where the next page begins: with the finding after the first `skip` ones of the hours or number with this
 * id.
 */
interface ListPosition {
  stage: Stage;
  id: string;
  skip: number;
}

/** Something that was looked at, and what is wrong with it. */
interface LintResult {
  id: string;
  findings: EstateFinding[];
}

interface FindingDependencies {
  database: Database;
  keyring: Keyring;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
  links: UpstreamSource;
}

/** Which agent is wrong, where one is. */
const agentOf = (row: SuspectRow, { code, pointer }: Finding): string | null => {
  if (code !== 'retired_agent' && code !== 'missing_agent') return null;
  const named = partsOfPointer(pointer).reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    row,
  );
  return typeof named === 'string' ? named : null;
};

export const createFindingList = (
  { database, keyring, agents, businessHours, links }: FindingDependencies,
  known: KnownHours,
) => {
  const pageTokens = createPageTokens(keyring);

  const lookAtHours = async (all: readonly VersionedHours[], at: number): Promise<LintResult[]> => {
    const countries = new Map<string, string[]>();
    for (const { id, country } of await selectHoursCountries(database))
      countries.set(id, [...(countries.get(id) ?? []), country]);
    return all
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((hours) => {
        const findings = [
          ...lintHours(hours, at),
          ...findAcrossZones(hours, countries.get(hours.id) ?? [], at),
        ];
        const owner = {
          phone_number: null,
          business_hours: { business_hours_id: hours.id, name: hours.name },
          agent_id: null,
        };
        return { id: hours.id, findings: findings.map((finding) => ({ ...finding, ...owner })) };
      });
  };

  const lookAtNumbers = async (rows: readonly SuspectRow[], facts: Facts): Promise<LintResult[]> => {
    const linted = await lintNumbers(database, known, rows, facts);
    return linted.map(({ row, findings }) => {
      const { id: _id, phone_number_international, friendly_name } = row;
      const phone_number = { _id, phone_number_international, friendly_name };
      return {
        id: row.id,
        findings: findings.map((finding) => ({
          ...finding,
          phone_number,
          business_hours: null,
          agent_id: agentOf(row, finding),
        })),
      };
    });
  };

  type Looked = AsyncGenerator<LintResult & Pick<ListPosition, 'stage'>, ListPosition | null>;

  async function* lookThroughNumbers(fromId: string, all: readonly VersionedHours[], at: number): Looked {
    const named = await agents.findNames(database, null);
    const retiredIds = named.filter(({ status }) => status === 'retired').map((agent) => agent.id);
    const facts: Facts = { at, hours: byId(all), agentsById: byId(named) };
    let next = fromId;
    for (let seen = 0; seen < LOOK_AT; seen += BATCH) {
      const rows = await selectSuspects(database, retiredIds, next, BATCH + 1);
      for (const looked of await lookAtNumbers(rows.slice(0, BATCH), facts))
        yield { ...looked, stage: 'numbers' };
      const beyond = rows[BATCH];
      if (!beyond) return null;
      next = beyond.id;
    }
    return { stage: 'numbers', id: next, skip: 0 };
  }

  async function* lookUpstream(fromId: string): Looked {
    for (let next: string | undefined = fromId; next !== undefined;) {
      const found: LintResult[] = await findUpstream(links, database, next, BATCH + 1);
      for (const looked of found.slice(0, BATCH)) yield { ...looked, stage: 'upstream' };
      next = found[BATCH]?.id;
    }
    return null;
  }

  /** Everything from a place on, in order; ends early, saying where, once it looked at enough. */
  async function* look(from: ListPosition, code: FindingCode | undefined): Looked {
    const isAhead = (stage: Stage) =>
      stages.indexOf(stage) >= stages.indexOf(from.stage) && isFoundIn(stage, code);
    const fromIn = (stage: Stage) => (from.stage === stage ? from.id : '');
    const at = Date.now();
    const all = isAhead('hours') || isAhead('numbers') ? await businessHours.findHours(database, null) : [];
    if (isAhead('hours')) {
      for (const looked of await lookAtHours(all, at))
        if (looked.id >= from.id) yield { ...looked, stage: 'hours' };
    }
    if (isAhead('numbers')) {
      const broken = yield* lookThroughNumbers(fromIn('numbers'), all, at);
      if (broken) return broken;
    }
    return isAhead('upstream') ? yield* lookUpstream(fromIn('upstream')) : null;
  }

  return async ({ page_size: pageSize, page_token: token, code }: FindingListQuery): Promise<FindingList> => {
    const list = ['routing-findings', code ?? null];
    const [stage = 'hours', id = '', skip = '0'] = token === undefined ? [] : pageTokens.read(list, token);
    const from: ListPosition = { stage: stageOf(stage), id, skip: Number(skip) };
    const found: EstateFinding[] = [];
    const answer = (place: ListPosition | null): FindingList => ({
      findings: found,
      next_page_token: place && pageTokens.write(list, [place.stage, place.id, String(place.skip)]),
    });

    const looking = look(from, code);
    for (;;) {
      const looked = await looking.next();
      if (looked.done) return answer(looked.value);
      const { stage: where, id: whose, findings } = looked.value;
      const skipped = where === from.stage && whose === from.id ? from.skip : 0;
      const wanted = findings.filter((finding) => code === undefined || finding.code === code).slice(skipped);
      const room = pageSize - found.length;
      found.push(...wanted.slice(0, room));
      // The page is full only when something is left over: no token then leads to nothing.
      if (wanted.length > room) return answer({ stage: where, id: whose, skip: skipped + room });
    }
  };
};
