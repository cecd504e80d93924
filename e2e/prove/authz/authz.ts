import { api, type EndpointKey } from '#contract/api.ts';
import { methodAndPath, type Caller } from '../../http.ts';
import { gatherCast, type ActorName } from './authz-actors.ts';
import { prepareCall, type PreparedCall } from './authz-calls.ts';
import { allowed, type Allowed } from './authz-table.ts';
import { count, type Proof } from '../proof.ts';

type Verdict = 'allowed' | 'unknown' | 'forbidden' | 'not fresh' | 'failed' | 'cross-site';

const verdicts: Record<string, Verdict> = {
  unauthenticated: 'unknown',
  forbidden: 'forbidden',
  fresh_sign_in_required: 'not fresh',
  cross_site_request: 'cross-site',
};

const ask = async (
  caller: Caller,
  key: EndpointKey,
  { id = '', search = '', body, csv }: PreparedCall,
  headers: Record<string, string> = {},
): Promise<Verdict> => {
  const [method, path] = methodAndPath(key);
  const response = await fetch(
    caller.url + path.replace('{role}', 'platform').replaceAll(/\{\w+\}/g, id) + search,
    {
      method,
      headers: {
        ...caller.headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(csv !== undefined && { 'content-type': 'text/csv' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(csv !== undefined && { body: csv }),
    },
  );
  if (response.ok) {
    // A stream would never end.
    await response.body?.cancel();
    return 'allowed';
  }
  if (response.status >= 500) return 'failed';
  const { code } = (await response.json()) as { code: string };
  return verdicts[code] ?? 'allowed';
};

const expected = (key: EndpointKey, actor: ActorName, table: typeof allowed): Verdict => {
  const who = table[key];
  if (actor.startsWith('dead key')) return 'unknown';
  if (who === 'everyone' || who.includes(actor as Allowed)) return 'allowed';
  if (['nobody', 'a made-up session', 'signed out', 'disabled'].includes(actor)) return 'unknown';
  return actor === 'operator, not fresh' && who.includes('operator') ? 'not fresh' : 'forbidden';
};

interface Cell {
  key: EndpointKey;
  actor: ActorName;
  seen: Verdict;
}

const mismatches = (cells: readonly Cell[], table: typeof allowed) =>
  cells.flatMap(({ key, actor, seen }) => {
    const wanted = expected(key, actor, table);
    return seen === wanted ? [] : [`${key} × ${actor}: ${seen}, not ${wanted}`];
  });

const missingFrom = (table: object) => Object.keys(api).filter((key) => !(key in table));

/**
 * Every endpoint × everyone who could ask, each cell against a table that was written from the specification.
 */
export const authz: Proof = async (report) => {
  report.check(
    'every endpoint has its line in the table',
    missingFrom(allowed).length === 0,
    `${Object.keys(api).length} endpoints`,
  );
  const cast = await gatherCast();
  try {
    // Signing out comes last, since it ends the sessions the other cells need.
    const keys = (Object.keys(api) as EndpointKey[]).toSorted(
      (a, b) => Number(a === 'POST /v1/sign-out') - Number(b === 'POST /v1/sign-out'),
    );
    const cells: Cell[] = [];
    const crossSite: string[] = [];
    for (const key of keys) {
      if (!key.startsWith('GET')) {
        const admin = cast.actors.get('admin');
        const seen =
          admin && (await ask(admin, key, await prepareCall(key, cast), { 'sec-fetch-site': 'cross-site' }));
        if (seen !== 'cross-site') crossSite.push(`${key}: ${seen}`);
      }
      for (const [actor, caller] of cast.actors)
        cells.push({ key, actor, seen: await ask(caller, key, await prepareCall(key, cast)) });
    }
    const wrong = mismatches(cells, allowed);
    report.check(
      'every cell is as the table says',
      wrong.length === 0,
      wrong.slice(0, 5).join('; ') || `${count(cells.length)} cells, ${cast.actors.size} who ask`,
    );
    report.check(
      'no write comes from another site',
      crossSite.length === 0,
      crossSite.join('; ') || `${keys.filter((key) => !key.startsWith('GET')).length} endpoints`,
    );

    const outside = [...cast.actors.values()].map((caller) => caller.request('GET', '/v1/nothing-here'));
    report.check(
      'a path outside the table is nobody’s',
      (await Promise.all(outside)).every(({ status }) => status === 404 || status === 401),
      `${outside.length} who ask`,
    );

    const widened = { ...allowed, 'GET /v1/operators': ['admin', 'viewer'] as Allowed[] };
    report.control(
      'a cell that is refused though the table allows it',
      mismatches(cells, widened).length === 1,
    );
    const narrowed = { ...allowed, 'GET /v1/audit-events': ['admin'] as Allowed[] };
    report.control(
      'a cell that is allowed though the table refuses it',
      mismatches(cells, narrowed).length === 1,
    );
    const { 'POST /v1/sign-out': _, ...shorter } = allowed;
    report.control('an endpoint without a line', missingFrom(shorter).length === 1);
  } finally {
    await cast.server.stop();
  }
};
