import { authz } from './authz/authz.ts';
import { doubleStart } from './double-start.ts';
import { writeFigures, type Proved } from './figures.ts';
import { fair } from './fair/fair.ts';
import { endedBackup } from './ended-backup.ts';
import { flood } from './flood/flood.ts';
import { fullDisk } from './full-disk/full-disk.ts';
import { kill } from './kill.ts';
import { leak } from './leak/leak.ts';
import { oracle } from './oracle.ts';
import { packageRuns } from './package.ts';
import { databases, onDatabase, stopPostgresql, type DatabaseKind } from './place.ts';
import { collectReport, type Line, type Proof } from './proof.ts';
import { race } from './race.ts';
import { recovery } from './recovery.ts';
import { roundtrip } from './roundtrip.ts';
import { route } from './route/route.ts';
import { signIn } from './sign-in.ts';
import { sync } from './sync.ts';

/** Each proof, and the databases that it is about. */
const proofs: Record<string, { proof: Proof; on: readonly DatabaseKind[] }> = {
  'double-start': { proof: doubleStart, on: ['embedded'] },
  sync: { proof: sync, on: ['embedded'] },
  race: { proof: race, on: databases },
  authz: { proof: authz, on: databases },
  leak: { proof: leak, on: databases },
  oracle: { proof: oracle, on: databases },
  flood: { proof: flood, on: databases },
  fair: { proof: fair, on: databases },
  'sign-in': { proof: signIn, on: ['embedded'] },
  recovery: { proof: recovery, on: ['postgresql'] },
  route: { proof: route, on: ['postgresql'] },
  roundtrip: { proof: roundtrip, on: databases },
  'full-disk': { proof: fullDisk, on: ['embedded'] },
  'ended-backup': { proof: endedBackup, on: ['embedded'] },
  kill: { proof: kill, on: databases },
  package: { proof: packageRuns, on: ['embedded'] },
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

const prove = async (name: string, proof: Proof, database: DatabaseKind): Promise<Proved> => {
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

const proved: Proved[] = [];
for (const [name, { proof, on }] of Object.entries(proofs))
  if (asked.length === 0 || asked.includes(name))
    for (const database of on) proved.push(await prove(name, proof, database));
await stopPostgresql();

const lines = proved.flatMap((each) => each.lines);
const failures = lines.filter(({ ok }) => !ok).length;
writeFigures(proved, Object.keys(proofs));
console.log(`\n${lines.length - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
