import { MASK } from '#contract/primitives.ts';
import { fields } from '#contract/numbers/fields.ts';
import { addNumber, samples, type Caller, type HttpAnswer } from '../../http.ts';

/** What must never be seen again once it has been handed over. */
export interface Canaries {
  trunkPassword: string;
  replacedTrunkPassword: string;
  authToken: string;
  refusedSecret: string;
}

export interface Capture {
  /** Where it was heard. */
  at: string;
  bytes: Buffer;
}

/** Keeps every byte an answer brought, its headers too. */
export const listening =
  (caller: Caller, heard: Capture[]): Caller['request'] =>
  async (method, path, options) => {
    const answer = await caller.request(method, path, options);
    heard.push({
      at: `${method} ${path.split('?')[0]}`,
      bytes: Buffer.from(JSON.stringify([...answer.headers]) + answer.text),
    });
    return answer;
  };

const expectStatus = (answer: HttpAnswer, ...statuses: number[]) => {
  if (!statuses.includes(answer.status))
    throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
};

/**
 * A day in the life of a secret, and every mistake a caller could make with one. `label` is no secret: it
 * must be heard.
 */
export const liveWith = async (
  caller: Caller,
  session: Caller,
  canaries: Canaries,
  label: string,
  heard: Capture[],
): Promise<void> => {
  const hear = listening(caller, heard);
  const { trunkPassword, replacedTrunkPassword, authToken, refusedSecret } = canaries;
  const sip = { ...samples.sip(), friendly_name: label, sip_trunk_password: trunkPassword };
  const twilio = { ...samples.twilio(), friendly_name: label, twilio_auth_token: authToken };
  const headers = { 'idempotency-key': `leak-${process.pid}-${Date.now()}` };
  const made = [
    expectStatus(await hear('POST', '/v1/phone-numbers', { body: sip, headers }), 201),
    expectStatus(await hear('POST', '/v1/phone-numbers', { body: twilio }), 201),
  ];
  expectStatus(await hear('POST', '/v1/phone-numbers', { body: sip, headers }), 201);
  const [sipId = '', twilioId = ''] = made.map((answer) => answer.json<{ _id: string }>()._id);
  const pia = (await addNumber(caller, 'pia'))._id;
  const sipPath = `/v1/phone-numbers/${sipId}`;

  // Mistakes: each answer may name the field, none may repeat what was in it.
  const post = (body: unknown) => hear('POST', '/v1/phone-numbers', { body });
  const patch = (path: string, body: unknown, more = {}) => hear('PATCH', path, { body, ...more });
  expectStatus(await post(sip), 409);
  const tooLong = refusedSecret.padEnd(fields.sip_trunk_password.maxLength + 1, refusedSecret);
  const inAddress = `sip:user:${encodeURIComponent(refusedSecret)}@carrier.example`;
  expectStatus(await post({ ...samples.sip(), sip_trunk_password: tooLong }), 422);
  expectStatus(await post({ ...samples.sip(), sip_trunk_password: `${refusedSecret}\u200b` }), 422);
  expectStatus(await post({ ...samples.sip(), sip_trunk_password: `${MASK}${refusedSecret}` }), 422);
  expectStatus(await post({ ...samples.sip(), sip_termination_uri: inAddress }), 422);
  expectStatus(await post({ ...samples.sip(), sip_trunk_pasword: refusedSecret }), 422);
  expectStatus(await post({ ...samples.sip(), sip_trunk_password: [refusedSecret] }), 422);
  expectStatus(await post({ ...samples.sip(), sip_trunk_password: { is: refusedSecret } }), 422);
  expectStatus(await post({ ...samples.twilio(), twilio_auth_token: refusedSecret }), 422);
  expectStatus(await post({ ...samples.pia(), sip_trunk_password: refusedSecret }), 422);
  expectStatus(await patch(`/v1/phone-numbers/${pia}`, { twilio_auth_token: refusedSecret }), 422);
  expectStatus(await patch(sipPath, { sip_trunk_password: `${refusedSecret}\u0000` }), 422);
  expectStatus(await patch(sipPath, { sip_trunk_password_fingerprint: refusedSecret }), 422);
  expectStatus(await patch(sipPath, { inbound_agent_id: refusedSecret }), 422);
  expectStatus(await hear('PATCH', sipPath, { raw: `{"sip_trunk_password": "${refusedSecret}` }), 400);
  expectStatus(await hear('PATCH', sipPath, { raw: refusedSecret }), 400);
  expectStatus(
    await hear('PATCH', sipPath, { raw: `p=${refusedSecret}`, headers: { 'content-type': 'text/plain' } }),
    415,
  );
  expectStatus(
    await patch(sipPath, { sip_trunk_password: refusedSecret }, { headers: { 'if-match': '"999"' } }),
    412,
  );
  expectStatus(await hear('GET', `/v1/phone-numbers/${encodeURIComponent(refusedSecret)}`), 404);
  expectStatus(await hear('GET', `/v1/phone-numbers?secret=${encodeURIComponent(refusedSecret)}`), 422);
  expectStatus(
    await hear('GET', '/v1/phone-numbers', {
      headers: { authorization: `Bearer ${refusedSecret.replaceAll(/[^!-~]/g, '')}` },
    }),
    401,
  );
  expectStatus(
    await hear('POST', '/v1/sign-in', { body: { email: 'a@b.example', password: refusedSecret } }),
    401,
  );
  expectStatus(
    await hear('POST', '/v1/set-up', {
      body: { token: refusedSecret, name: 'x', email: 'a@b.example', password: refusedSecret },
    }),
    403,
    422,
  );

  // Ordinary days: replaced, retried whole, read everywhere, revealed, deleted and brought back.
  expectStatus(
    await patch(sipPath, { sip_trunk_password: replacedTrunkPassword, friendly_name: `${label} again` }),
    200,
  );
  const whole = expectStatus(await hear('GET', sipPath), 200);
  expectStatus(await hear('PATCH', sipPath, { raw: whole.text }), 200);
  for (const path of [
    '/v1/phone-numbers?page_size=100&include=total',
    `/v1/phone-numbers?q=${encodeURIComponent(replacedTrunkPassword)}`,
    `${sipPath}/history`,
    `/v1/phone-numbers/${twilioId}`,
    '/v1/phone-numbers/export',
    '/v1/phone-numbers/export?format=jsonl',
    '/v1/audit-events?page_size=100',
    '/v2/ai-agents',
    '/v1/me',
  ])
    expectStatus(await hear('GET', path), 200);
  const hearSession = listening(session, heard);
  for (const path of ['/v1/audit-events?page_size=100', '/v1/api-keys', '/v1/operators', '/v1/me/sessions'])
    expectStatus(await hearSession('GET', path), 200);
  for (const path of ['/openapi.json', '/docs', '/numbers', '/healthz', '/readyz'])
    expectStatus(await hear('GET', path), 200);

  const reveal = (id: string, credential: string) =>
    caller.send<{ value: string }>('POST', `/v1/phone-numbers/${id}/reveal`, { credential });
  const revealed = [
    (await reveal(sipId, 'sip_trunk_password')).value,
    (await reveal(twilioId, 'twilio_auth_token')).value,
  ];
  if (revealed[0] !== replacedTrunkPassword || revealed[1] !== authToken)
    throw new Error('a reveal did not answer what was stored');
  expectStatus(
    await hear('POST', `/v1/phone-numbers/${pia}/reveal`, { body: { credential: 'sip_trunk_password' } }),
    422,
  );
  expectStatus(await hear('POST', `${sipPath}/restore-version`, { body: { version: 1 } }), 200);
  expectStatus(await hear('DELETE', sipPath), 204);
  for (const path of [`${sipPath}?include=deleted`, '/v1/phone-numbers?deleted=true&include=total'])
    expectStatus(await hear('GET', path), 200);
  expectStatus(await hear('POST', `${sipPath}/restore`), 200);
  expectStatus(await hear('DELETE', `/v1/phone-numbers/${pia}`), 204);
  expectStatus(await hearSession('POST', `/v1/phone-numbers/${pia}/delete-for-good`), 204);
  expectStatus(await hear('GET', '/v1/audit-events?page_size=100'), 200);
};
