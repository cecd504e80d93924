import { collectReport, type Proof } from './proof.ts';
import { authz } from './authz.ts';
import { doubleStart } from './double-start.ts';
import { flood } from './flood.ts';
import { kill } from './kill.ts';
import { leak } from './leak.ts';
import { race } from './race.ts';
import { recovery } from './recovery.ts';
import { roundtrip } from './roundtrip.ts';
import { route } from './route.ts';
import { sync } from './sync.ts';

const proofs: Record<string, Proof> = { 'double-start': doubleStart, sync, race, authz, leak, flood, recovery, route, roundtrip, kill };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in proofs));
if (unknown.length > 0) {
  console.error(`No proof is named ${unknown.join(', ')}. There are: ${Object.keys(proofs).join(', ')}.`);
  process.exit(2);
}

const marks = { check: '', control: '', skip: 'skipped: ' };
let failures = 0;
let shown = 0;
for (const [name, proof] of Object.entries(proofs)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startedAt = performance.now();
  console.log(`\n${name}`);
  const report = collectReport(({ kind, ok, text, seen }) => {
    shown++;
    if (!ok) failures++;
    console.log(`  ${ok ? 'ok  ' : 'FAIL'}  ${`${marks[kind]}${text}`.padEnd(84)}  ${seen}`);
  });
  try {
    await proof(report);
  } catch (error) {
    report.check('the proof itself ran to its end', false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  console.log(`        ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
console.log(`\n${shown - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
