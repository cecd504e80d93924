import { authz } from './authz/authz.ts';
import { bulk } from './bulk/bulk.ts';
import { csv } from './csv/csv.ts';
import { doubleStart } from './double-start.ts';
import { writeFigures, type ProofRun } from './figures.ts';
import { fair } from './fair/fair.ts';
import { egress } from './egress/egress.ts';
import { endedBackup } from './ended-backup.ts';
import { flood } from './flood/flood.ts';
import { fullDisk } from './full-disk/full-disk.ts';
import { kill } from './kill.ts';
import { leak } from './leak/leak.ts';
import { oracle } from './oracle/oracle.ts';
import { packageRuns } from './package.ts';
import { databases, onDatabase, stopPostgresql, type DatabaseKind } from './place.ts';
import { collectReport, type Line, type Proof } from './proof.ts';
import { race } from './race.ts';
import { recovery } from './recovery.ts';
import { roundtrip } from './roundtrip.ts';
import { route } from './route/route.ts';
import { signIn } from './sign-in.ts';
import { sync } from './sync.ts';
import { upstream } from './upstream/upstream.ts';

/**
 * Each proof, the databases it is started on (sign-in, full-disk and route start a PostgreSQL of their own
 * besides), and what it shows.
 */
const proofs: Record<string, { proof: Proof; on: readonly DatabaseKind[]; shows: string }> = {
  'double-start': {
    proof: doubleStart,
    on: ['embedded'],
    shows: 'A second server on a data folder is refused, and the lock of a dead one taken over',
  },
  sync: {
    proof: sync,
    on: ['embedded'],
    shows: 'Each acknowledged write is on disk',
  },
  race: {
    proof: race,
    on: databases,
    shows: 'Of writers at once one wins each version, and the history has no gap',
  },
  authz: {
    proof: authz,
    on: databases,
    shows: 'Who may do what: every endpoint, everyone who could ask',
  },
  leak: {
    proof: leak,
    on: databases,
    shows: 'A credential is in no answer, event, log line or file but in the answer to a reveal',
  },
  oracle: {
    proof: oracle,
    on: databases,
    shows: 'Fingerprints tell nothing to those who may not reveal',
  },
  flood: {
    proof: flood,
    on: databases,
    shows: 'Bodies of any kind keep nobody waiting',
  },
  fair: {
    proof: fair,
    on: databases,
    shows: 'Heavy readers and many streams do not slow down the others',
  },
  'sign-in': {
    proof: signIn,
    on: ['embedded'],
    shows: 'Guesses are few and on the record, and lock nobody else out',
  },
  recovery: {
    proof: recovery,
    on: ['postgresql'],
    shows: 'The database goes and comes back: no false success, no restart',
  },
  route: {
    proof: route,
    on: ['postgresql'],
    shows: 'Calls are decided within a second, with the database gone, hung or cut off',
  },
  roundtrip: {
    proof: roundtrip,
    on: databases,
    shows: 'What was read can be sent back whole, masks and all',
  },
  egress: {
    proof: egress,
    on: ['embedded'],
    shows: 'No spelling of a forbidden address is reached',
  },
  upstream: {
    proof: upstream,
    on: databases,
    shows: 'What is saved of a linked number is on its platform, or said not to be, whatever happens',
  },
  'full-disk': {
    proof: fullDisk,
    on: ['embedded'],
    shows: 'On a full disk a write is stored or refused by name',
  },
  'ended-backup': {
    proof: endedBackup,
    on: ['embedded'],
    shows: 'A backup that is ended leaves nothing behind',
  },
  kill: {
    proof: kill,
    on: databases,
    shows: 'Killed while writing, nothing acknowledged is lost',
  },
  bulk: {
    proof: bulk,
    on: databases,
    shows: 'A change of many numbers, killed anywhere, is done exactly once and undone exactly',
  },
  csv: {
    proof: csv,
    on: databases,
    shows: 'What is exported and imported again changes nothing, and is no formula',
  },
  package: {
    proof: packageRuns,
    on: ['embedded'],
    shows: '`npm pack` makes a package that runs with Node alone',
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in proofs));
if (unknown.length > 0) {
  console.error(`No proof is named ${unknown.join(', ')}. There are: ${Object.keys(proofs).join(', ')}.`);
  process.exit(2);
}

const marks = { check: '', control: '', skip: 'skipped: ' };
const print = ({ kind, ok, text, seen }: Line) =>
  console.log(`  ${ok ? 'ok  ' : 'FAIL'}  ${`${marks[kind]}${text}`.padEnd(84)}  ${seen}`);

const prove = async (name: string, proof: Proof, database: DatabaseKind): Promise<ProofRun> => {
  const startedAt = performance.now();
  console.log(`\n${name}, ${database}`);
  const lines: Line[] = [];
  const report = collectReport((line) => {
    lines.push(line);
    print(line);
  });
  try {
    if (!(await onDatabase(database, () => proof(report))))
      report.skip('no PostgreSQL here: name a server in PROVE_DATABASE_URL');
  } catch (error) {
    report.check(
      'the proof itself ran to its end',
      false,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`        ${seconds} s`);
  return { proof: name, database, seconds, lines };
};

const proved: ProofRun[] = [];
for (const [name, { proof, on }] of Object.entries(proofs))
  if (asked.length === 0 || asked.includes(name))
    for (const database of on) proved.push(await prove(name, proof, database));
await stopPostgresql();

const lines = proved.flatMap((each) => each.lines);
const failures = lines.filter(({ ok }) => !ok).length;
writeFigures(
  proved,
  Object.entries(proofs).map(([name, { shows }]) => ({ name, shows })),
);
console.log(`\n${lines.length - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
