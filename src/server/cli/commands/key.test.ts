import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { checkMasterKey } from '#server/features/credentials/check-master-key.ts';
import { checkCredentials, rotateMasterKey } from '#server/features/credentials/rotate-master-key.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';
import { adoptNextKey, keyringOf, openKeyring, stageNextKey } from '#server/platform/secrets/keyring.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { openTestApp, test, testConfig } from '#server/testing/test-app.ts';

const [from, to] = [keyringOf(testConfig.masterKey ?? Buffer.alloc(32)), keyringOf(Buffer.alloc(32, 9))];

describe('rotating the master key', () => {
  test('seals everything under the new key; the old one then opens nothing and does not start', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const { database } = cordboard;
    const [sip, twilio] = [await addNumber(as, trunk), await addNumber(as, twilioAccount)];
    await checkMasterKey({ database, keyring: from });
    expect(await rotateMasterKey(database, commandLineContext(), { from, to })).toBe(2);
    const events = () =>
      database.query(
        'select action, actor_name, subject_id, detail from audit_event where actor_kind = $1 order by id',
        ['system'],
      );
    expect(await events()).toEqual([
      {
        action: 'master_key.rotated',
        actor_name: 'Command line',
        subject_id: to.keyId,
        detail: 'Credentials sealed anew: 2',
      },
    ]);
    expect(await checkCredentials(database, commandLineContext(), to)).toEqual({ count: 2, broken: [] });
    expect((await checkCredentials(database, commandLineContext(), from)).broken).toHaveLength(2);
    expect((await events()).slice(1)).toMatchObject([
      {
        action: 'master_key.checked',
        subject_id: to.keyId,
        detail: 'Credentials: 2, of which do not open: 0',
      },
      {
        action: 'master_key.checked',
        subject_id: from.keyId,
        detail: 'Credentials: 2, of which do not open: 2',
      },
    ]);
    await expect(openTestApp()).rejects.toThrow(to.keyId);
    const after = await getNumber(as, sip._id);
    expect(after.version).toBe(1);
    expect(after).not.toEqual(sip);

    // A server with the new key reveals what was sealed under the old one.
    const { test: next } = await openTestApp({ masterKey: Buffer.alloc(32, 9) });
    const key = await next.withKey(['credentials:reveal']);
    const reveal = (id: string, credential: string) =>
      key.request('POST', `/v1/phone-numbers/${id}/reveal`, { body: { credential } });
    expect((await reveal(sip._id, 'sip_trunk_password')).body).toMatchObject({ value: 'first-secret' });
    expect((await reveal(twilio._id, 'twilio_auth_token')).body).toMatchObject({ value: 'a'.repeat(32) });
    next.app.close();
  });

  test('stops at a credential that does not open, and leaves everything as it was', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { database } = cordboard;
    const [good, bad] = [await addNumber(as, trunk), await addNumber(as, trunk)];
    await database.query(`update credential set sealed = '\\x00' where phone_number_id = $1`, [bad._id]);
    await expect(rotateMasterKey(database, commandLineContext(), { from, to })).rejects.toThrow(bad._id);
    const { broken } = await checkCredentials(database, commandLineContext(), from);
    expect(broken).toEqual([`sip_trunk_password of phone number ${bad._id}`]);
    expect(await getNumber(as, good._id)).toEqual(good);
  });
});

describe('the key file', () => {
  test('gives way to the next one, and is kept under its id', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'cordboard-key-'));
    try {
      const present = await openKeyring({ masterKey: null, dataFolder });
      const next = await stageNextKey(dataFolder);
      // Cut off here and begun again, it is the same key.
      expect((await stageNextKey(dataFolder)).keyId).toBe(next.keyId);
      expect((await openKeyring({ masterKey: null, dataFolder })).keyId).toBe(present.keyId);
      await adoptNextKey(dataFolder, present);
      expect((await openKeyring({ masterKey: null, dataFolder })).keyId).toBe(next.keyId);
      expect((await readdir(dataFolder)).toSorted()).toEqual(['master.key', `master.key.${present.keyId}`]);
    } finally {
      await rm(dataFolder, { recursive: true });
    }
  });
});
