import type { EndpointKey } from '#contract/api.ts';
import { addNumber, nextPhoneNumber, PASSWORD, samples } from '../../http.ts';
import type { Cast } from './authz-actors.ts';
import { prepareBulkCall } from './authz-bulk.ts';
import { prepareConnectionCall } from './authz-connections.ts';
import { prepareLinkCall } from './authz-links.ts';

export interface PreparedCall {
  /** What stands for the parameter of the path. */
  id?: string;
  search?: string;
  body?: unknown;
  /** A body that is a file. */
  csv?: string;
}

let made = 0;

/** A call of each endpoint that would succeed, so that a refusal can only be for who asks. */
export const prepareCall = async (
  key: EndpointKey,
  { stagehand, operatorId }: Cast,
): Promise<PreparedCall> => {
  const number = async (fields: object = {}) => (await addNumber(stagehand, 'sip', fields))._id;
  const name = `Authz ${++made}`;
  const agent = async () =>
    (await stagehand.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', { agent_name: name }))
      .data.ai_agent_id;
  const hoursBody = { name, time_zone: 'Asia/Dhaka', weekly: [] };
  const hours = async () =>
    (await stagehand.send<{ business_hours_id: string }>('POST', '/v1/business-hours', hoursBody))
      .business_hours_id;
  switch (key) {
    case 'POST /v1/phone-numbers':
      return { body: samples.pia() };
    case 'GET /v1/phone-numbers/{phone_number_id}':
    case 'GET /v1/phone-numbers/{phone_number_id}/history':
    case 'DELETE /v1/phone-numbers/{phone_number_id}':
      return { id: await number() };
    case 'PATCH /v1/phone-numbers/{phone_number_id}':
      return { id: await number(), body: { friendly_name: name } };
    case 'POST /v1/phone-numbers/{phone_number_id}/restore-version': {
      const id = await number();
      await stagehand.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: name });
      return { id, body: { version: 1 } };
    }
    case 'POST /v1/phone-numbers/{phone_number_id}/delete-for-good':
    case 'POST /v1/phone-numbers/{phone_number_id}/restore': {
      const id = await number({ phone_number: nextPhoneNumber() });
      await stagehand.send('DELETE', `/v1/phone-numbers/${id}`);
      return { id };
    }
    case 'POST /v1/phone-numbers/{phone_number_id}/reveal':
      return { id: await number(), body: { credential: 'sip_trunk_password' } };
    case 'POST /v1/business-hours':
      return { body: hoursBody };
    case 'GET /v1/business-hours/{business_hours_id}':
    case 'DELETE /v1/business-hours/{business_hours_id}':
      return { id: await hours() };
    case 'PATCH /v1/business-hours/{business_hours_id}':
      return { id: await hours(), body: { time_zone: 'Asia/Kolkata' } };
    case 'POST /v1/route':
      return { body: { to: (await addNumber(stagehand, 'pia')).phone_number } };
    case 'POST /v1/phone-numbers/{phone_number_id}/route/preview':
      return { id: await number(), body: {} };
    case 'POST /v2/ai-agents':
      return { body: { agent_name: name } };
    case 'GET /v2/ai-agents/{ai_agent_id}':
    case 'GET /v2/ai-agents/{ai_agent_id}/uses':
      return { id: await agent() };
    case 'PUT /v2/ai-agents/{ai_agent_id}':
      return { id: await agent(), body: { language_code: 'bn-BD' } };
    case 'PATCH /v1/me':
      return { body: { compact_rows: true } };
    case 'POST /v1/me/confirm-password':
      return { body: { password: 'not the password' } };
    case 'POST /v1/me/password':
      return { body: { current_password: 'not the password', new_password: PASSWORD } };
    case 'DELETE /v1/me/sessions/{session_id}':
      return { id: '0123456789abcdef01234567' };
    case 'POST /v1/operators':
      return { body: { name, email: `authz.${made}@cordboard.example`, role: 'viewer', password: PASSWORD } };
    case 'PATCH /v1/operators/{operator_id}':
      return { id: operatorId, body: { name } };
    case 'POST /v1/api-keys':
      return { body: { name, scopes: ['numbers:read'] } };
    case 'DELETE /v1/api-keys/{api_key_id}':
      return { id: '0123456789abcdef01234567' };
    case 'PATCH /v1/settings':
      return { body: { operator_reveals_per_hour: 60 } };
    case 'POST /v1/imports':
      return { csv: `phone_number,provider\n${nextPhoneNumber()},pia\n` };
    // An import is its maker's alone: whoever else may have one is told that this is none of theirs.
    case 'GET /v1/imports/{import_id}':
    case 'GET /v1/imports/{import_id}/rows':
    case 'POST /v1/imports/{import_id}/run':
      return { id: '0123456789abcdef01234567' };
    case 'POST /v1/views':
      return { body: { name } };
    case 'PATCH /v1/views/{view_id}':
    case 'DELETE /v1/views/{view_id}': {
      // Nobody shares more than a few: those of the calls before go.
      const { views } = await stagehand.get<{ views: { view_id: string; owner: { name: string } }[] }>(
        '/v1/views',
      );
      for (const { view_id, owner } of views)
        if (owner.name === 'stagehand') await stagehand.send('DELETE', `/v1/views/${view_id}`);
      const view = { name, shared: true };
      const { view_id: id } = await stagehand.send<{ view_id: string }>('POST', '/v1/views', view);
      return { id, ...(key.startsWith('PATCH') && { body: { pinned: false } }) };
    }
    case 'POST /v1/set-up':
      return { body: { token: 'made-up', name, email: 'x@cordboard.example', password: PASSWORD } };
    // An empty body is refused as such: a real sign-in would replace the caller's own session.
    case 'POST /v1/sign-in':
      return { body: {} };
    default:
      return (
        (await prepareBulkCall(key, stagehand)) ??
        (await prepareLinkCall(key, stagehand)) ??
        (await prepareConnectionCall(key, stagehand)) ??
        {}
      );
  }
};
