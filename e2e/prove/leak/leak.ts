import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scopes } from '#contract/access.ts';
import { keyFromCommandLine, setUp, withKey, type Caller } from '../../http.ts';
import { startServer } from '../../server.ts';
import { formFoundIn, formsOf } from './forms.ts';
import { listening, liveWith, type Canaries, type Capture } from './leak-acts.ts';
import { liveInBulk, makeBulkCanaries } from './leak-bulk.ts';
import { liveWithLinks, makeLinkCanaries } from './leak-links.ts';
import { liveWithConnections, makeConnectionCanaries } from './leak-connections.ts';
import { atDatabase } from '../at-database.ts';
import { writtenFiles } from '../place.ts';
import { count, type Proof } from '../proof.ts';

const random = () => randomBytes(6).toString('hex');

// Characters that look different in every form, so that no form hides behind another.
const makeCanaries = (): Canaries => ({
  trunkPassword: `ca"n&a<r/y+1=%\u00e9 ${random()}`,
  replacedTrunkPassword: `ca"n&a<r/y+2=%\u00e9 ${random()}`,
  authToken: randomBytes(16).toString('hex'),
  refusedSecret: `canary-3-${random()}`,
});

const filesIn = async (folder: string, as = ''): Promise<Capture[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { at: `file ${as}${path.slice(folder.length)}`, bytes: await readFile(path) };
      }),
  );
};

/** The data folder, and the files of a PostgreSQL server that is ours. */
const allFiles = async (dataDirectory: string): Promise<Capture[]> => {
  const folder = await writtenFiles();
  return [...(await filesIn(dataDirectory)), ...(folder === null ? [] : await filesIn(folder, '/database'))];
};

/** Reads the stream of changes until told to stop. */
const hearChanges = async (caller: Caller): Promise<{ stop(): Promise<Capture> }> => {
  const controller = new AbortController();
  const response = await fetch(`${caller.url}/v1/changes`, {
    headers: caller.headers,
    signal: controller.signal,
  });
  const chunks: Uint8Array[] = [];
  const reading = (async () => {
    for await (const chunk of response.body ?? []) chunks.push(chunk as Uint8Array);
  })().catch(() => {});
  return {
    async stop() {
      controller.abort();
      await reading;
      return { at: 'GET /v1/changes', bytes: Buffer.concat(chunks) };
    },
  };
};

const hitsOf = (heard: readonly Capture[], secrets: Record<string, string>) =>
  heard.flatMap(({ at, bytes }) =>
    Object.entries(secrets).flatMap(([name, secret]) => {
      const form = formFoundIn(bytes, secret);
      return form === null ? [] : [`${name} in ${at}, as ${form}`];
    }),
  );

/** A credential is heard in no answer, event, error, log line or file but in the answer to a reveal. */
export const leak: Proof = async (report) => {
  const server = await startServer({ env: { LOG_LEVEL: 'trace', CORDBOARD_UNSAFE_ALLOW_LOOPBACK: '1' } });
  const canaries = makeCanaries();
  const bulkCanaries = makeBulkCanaries();
  const connectionCanaries = makeConnectionCanaries();
  const linkCanaries = makeLinkCanaries();
  const label = `heard everywhere ${random()}`;
  const heard: Capture[] = [];
  let stopped = false;
  try {
    const session = await setUp(server);
    const key = await keyFromCommandLine(server, scopes);
    const caller = withKey(server.url, key);
    const changes = await hearChanges(caller);
    await liveWith(caller, session, canaries, label, heard);
    await liveInBulk(caller, listening(caller, heard), bulkCanaries);
    await liveWithConnections(caller, listening(caller, heard), connectionCanaries);
    await liveWithLinks(caller, listening(caller, heard), linkCanaries);
    const images = await atDatabase(server, (database) => database.query('select from before_image'));
    const held = await atDatabase(server, (database) =>
      database.query<{ was_run: boolean }>(
        'select exists (select from bulk_job j where j.plan_id = h.plan_id) as was_run from held_secret h',
      ),
    );
    heard.push(await changes.stop());
    const answers = heard.length;
    const whileRunning = await allFiles(server.dataDirectory);
    await server.kill();
    stopped = true;
    heard.push(
      { at: 'what the server printed', bytes: Buffer.from(server.output()) },
      ...whileRunning,
      ...(await allFiles(server.dataDirectory)),
    );

    const cookieValue = (name: string) =>
      new RegExp(`cordboard_${name}=([\\w.-]+)`).exec(session.headers['cookie'] ?? '')?.[1] ?? 'none';
    const own = {
      ...canaries,
      ...bulkCanaries,
      ...connectionCanaries,
      ...linkCanaries,
      'the API key': key.slice(4),
      'the session': cookieValue('session'),
      'the known browser': cookieValue('device'),
    };
    const hits = hitsOf(heard, own);
    const bytes = heard.reduce((sum, each) => sum + each.bytes.length, 0);
    report.check(
      'no secret is heard anywhere outside the reveal',
      hits.length === 0,
      hits.slice(0, 6).join('; ') ||
        `${answers} answers, ${heard.length - answers} files and logs, ${count(Math.round(bytes / 1e6))} MB`,
    );

    report.check(
      'a credential of a job is not even kept sealed once the job has ended',
      held.length > 0 && held.every(({ was_run: wasRun }) => !wasRun),
      `${held.length} held, of plans that were not run`,
    );

    report.check(
      'what a platform had before a write is kept, and sealed as well',
      images.length > 0,
      `${images.length} records with a password in clear`,
    );

    const heardLabel = (at: RegExp) =>
      heard.some((each) => at.test(each.at) && formFoundIn(each.bytes, label) !== null);
    for (const [place, at] of [
      ['an answer', /^GET \/v1\/phone-numbers$/],
      ['the history', /history$/],
      ['the audit log', /audit-events$/],
      ['the database files', /^file .*database/],
    ] as const)
      report.control(`a label, which is no secret, in ${place}`, heardLabel(at));
    const id = /"id":"([^"]+)"/.exec(
      heard.find(({ at }) => at === 'GET /v1/changes')?.bytes.toString() ?? '',
    );
    report.control('the ids in the stream of changes', id !== null);
    report.control('the lines of the log', /request_id/.test(server.output()));
    const text = canaries.trunkPassword;
    const unseen = formsOf(text).filter(
      ({ bytes: form }) =>
        formFoundIn(Buffer.concat([Buffer.from('before '), form, Buffer.from(' after')]), text) === null,
    );
    const insideBase64 = [0, 1, 2].every(
      (shift) =>
        formFoundIn(
          Buffer.from(Buffer.from(`${'-'.repeat(shift)}${text} and more`).toString('base64')),
          text,
        ) === 'base64',
    );
    report.control(`a secret in each of ${formsOf(text).length} forms`, unseen.length === 0 && insideBase64);
  } finally {
    if (!stopped) await server.stop();
  }
};
