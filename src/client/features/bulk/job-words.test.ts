import { describe, expect, test } from 'vitest';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import {
  isUndoable,
  isUndoToGoOn,
  jobTitle,
  outcomeName,
  outcomeWords,
  progressOf,
  reasonForMany,
  stateWords,
} from './job-words.ts';

const counts = {
  total: 0,
  done: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  skipped: 0,
  refused: 0,
  conflict: 0,
};
const job = (more: Partial<BulkJob> = {}): BulkJob => ({
  bulk_job_id: 'j1',
  state: 'done',
  kind: 'patch',
  fields: ['inbound_agent_id'],
  replace_agent: null,
  credential: null,
  sets: {},
  actor: { kind: 'operator', id: 'o1', name: 'Rina Akter' },
  created_at: '2026-11-26T10:00:00Z',
  started_at: '2026-11-26T10:00:00Z',
  ended_at: '2026-11-26T10:00:05Z',
  counts,
  planned: 0,
  cancel_reason: null,
  undoes: null,
  undone: null,
  undone_by: null,
  import_id: null,
  file_name: null,
  ...more,
});

describe('a job is called', () => {
  const names = new Map([
    ['a', 'Farid'],
    ['b', 'Asha'],
  ]);
  const titleOf = (more: Partial<BulkJob>) => jobTitle(job(more), (id) => names.get(id));

  test('by the fields it sets, as people call them, and no more than three', () => {
    expect(titleOf({})).toBe('Change inbound agent');
    expect(titleOf({ fields: ['twilio_account_sid', 'labels', 'notes', 'metadata'] })).toBe(
      'Change account SID, labels, notes and 1 more',
    );
  });

  test('by what it sets, where that is one field', () => {
    const set = (field: string, value: unknown) => titleOf({ fields: [field], sets: { [field]: value } });
    expect(set('inbound_agent_id', 'b')).toBe('Set the inbound agent to Asha');
    expect(set('inbound_agent_id', null)).toBe('Clear the inbound agent');
    expect(set('labels', { add: ['vip', 'weekend'] })).toBe('Add the labels “vip”, “weekend”');
    expect(set('labels', { add: ['a'], remove: ['b', 'c'] })).toBe('Add the label “a”; remove “b”, “c”');
    expect(set('labels', [])).toBe('Remove all labels');
    expect(set('metadata', { site: 'Leeds' })).toBe('Set the metadata key “site” to “Leeds”');
    expect(set('metadata', { site: null })).toBe('Remove the metadata key “site”');
    expect(set('temporary_reassignment', { agent_id: 'b' })).toBe('Have Asha stand in');
    expect(set('sip_trunk_password', '••••••••')).toBe('Replace the trunk password');
    expect(set('notes', 'x'.repeat(60))).toBe(`Set the notes to “${'x'.repeat(40)}…”`);
    expect(titleOf({ fields: ['routing'] })).toBe('Change routing');
  });

  test('by what it takes back', () => {
    const { kind, fields, sets, replace_agent, credential, file_name } = job({ kind: 'delete', fields: [] });
    const undone = { kind, fields, sets, replace_agent, credential, file_name };
    expect(titleOf({ kind: 'undo', undone })).toBe('Undo: Delete numbers');
    expect(titleOf({ kind: 'undo' })).toBe('Undo a job');
    expect(titleOf({ kind: 'undo', undone: { ...undone, kind: 'undo' } })).toBe('Undo an undo');
  });

  test('by the agents it is about, also where one is not known', () => {
    const kind = 'replace_agent';
    expect(titleOf({ kind, replace_agent: { from: 'a', to: 'b' } })).toBe('Replace Farid with Asha');
    expect(titleOf({ kind, replace_agent: { from: 'x', to: 'b' } })).toBe(
      'Replace a missing agent with Asha',
    );
  });

  test('by the file it came from, where that is known', () => {
    expect(titleOf({ kind: 'import' })).toBe('Import');
    expect(titleOf({ kind: 'import', file_name: 'numbers.csv' })).toBe('Import numbers.csv');
  });

  test('by its credential, and nothing of its value', () => {
    expect(titleOf({ kind: 'rotate', credential: 'sip_trunk_password' })).toBe('Replace the trunk password');
  });
});

describe('what became of a job', () => {
  test('is said of each outcome that some number has', () => {
    expect(outcomeWords(job({ counts: { ...counts, changed: 11_512, refused: 214, conflict: 12 } }))).toBe(
      '11,512 numbers changed, 214 refused, 12 changed by others meanwhile',
    );
    expect(outcomeWords(job({ kind: 'delete', counts: { ...counts, changed: 1 } }))).toBe('1 number deleted');
    expect(
      outcomeWords(job({ kind: 'import', counts: { ...counts, created: 2, changed: 1, skipped: 3 } })),
    ).toBe('2 numbers added, 1 changed, 3 left as they are');
  });

  test('is said of those that it did not come to, once it has ended', () => {
    const cut = { kind: 'import' as const, counts: { ...counts, total: 8000, done: 1162, created: 1162 } };
    expect(outcomeWords(job(cut))).toBe('1,162 numbers added, 6,838 not done');
    expect(outcomeWords(job({ ...cut, ended_at: null }))).toBe('1,162 numbers added');
  });

  test('is counted without what the plan left nothing to do for', () => {
    const started = { planned: 2000, counts: { ...counts, total: 3000, done: 1000, refused: 1000 } };
    expect(progressOf(job(started))).toEqual({ done: 0, total: 2000 });
    expect(progressOf(job({ ...started, counts: { ...started.counts, done: 1104 } }))).toEqual({
      done: 104,
      total: 2000,
    });
  });

  test('is said of each number by the verb of the act', () => {
    expect([outcomeName('undo', 'changed'), outcomeName('delete', 'changed')]).toEqual([
      'Put back',
      'Deleted',
    ]);
    expect([outcomeName('patch', 'changed'), outcomeName('undo', 'refused')]).toEqual(['Changed', 'Refused']);
  });

  test('is said where many were asked for, and no field can be left out', () => {
    expect(reasonForMany('Remove this field: only SIP trunk numbers have it.')).toBe(
      'Only SIP trunk numbers have this field.',
    );
    expect(reasonForMany('It was deleted since.')).toBe('It was deleted since.');
  });

  test('of an undo that ended before its time can be gone on with', () => {
    const undo = { undoes: 'j0', counts: { ...counts, total: 0 } } as const;
    // Also one that was cancelled before its numbers were found.
    expect(isUndoToGoOn(job({ ...undo, state: 'cancelled' }))).toBe(true);
    expect(isUndoToGoOn(job({ ...undo, state: 'failed' }))).toBe(true);
    expect(isUndoToGoOn(job({ ...undo, state: 'running', ended_at: null }))).toBe(false);
    expect(isUndoToGoOn(job({ ...undo, state: 'done' }))).toBe(false);
    expect(isUndoToGoOn(job({ state: 'cancelled' }))).toBe(false);
  });

  test('is said of an end that nobody asked for', () => {
    expect(stateWords(job({ state: 'cancelled', cancel_reason: 'actor_lost' }))).toBe(
      'Cancelled: who started it may no longer change numbers',
    );
  });

  test('can be taken back once, where it ended and changed something, and is no credential', () => {
    const changed = { counts: { ...counts, changed: 1 } };
    expect(isUndoable(job(changed))).toBe(true);
    expect(isUndoable(job())).toBe(false);
    expect(isUndoable(job({ ...changed, ended_at: null }))).toBe(false);
    expect(isUndoable(job({ ...changed, undone_by: 'j2' }))).toBe(false);
    expect(isUndoable(job({ ...changed, kind: 'rotate' }))).toBe(false);
  });
});
