import { z } from 'zod';
import { agentUseListQuerySchema, agentUseListSchema } from '#contract/agent-uses.ts';
import {
  agentAnswerSchema,
  agentCreateSchema,
  agentListQuerySchema,
  agentListSchema,
  agentUpdateSchema,
} from '#contract/agents.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';

const agentParams = z.strictObject({ ai_agent_id: idSchema });

export const agentsApi = {
  'GET /v2/ai-agents': endpoint({
    summary: 'List agents',
    tag: 'Agents',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: agentListQuerySchema,
    status: 200,
    output: agentListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'POST /v2/ai-agents': endpoint({
    summary: 'Add an agent',
    tag: 'Agents',
    access: { role: 'operator', scope: 'agents:write' },
    body: agentCreateSchema,
    status: 201,
    output: agentAnswerSchema,
    errors: ['agent_name_taken'],
    idempotent: true,
  }),
  'GET /v2/ai-agents/{ai_agent_id}': endpoint({
    summary: 'Read an agent',
    tag: 'Agents',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: agentParams,
    status: 200,
    output: agentAnswerSchema,
  }),
  'GET /v2/ai-agents/{ai_agent_id}/uses': endpoint({
    summary: 'List the numbers that name an agent, and where they do',
    tag: 'Agents',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: agentParams,
    query: agentUseListQuerySchema,
    status: 200,
    output: agentUseListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'PUT /v2/ai-agents/{ai_agent_id}': endpoint({
    summary: 'Edit, retire or reinstate an agent',
    tag: 'Agents',
    access: { role: 'operator', scope: 'agents:write' },
    params: agentParams,
    body: agentUpdateSchema,
    mergesWithStored: true,
    status: 200,
    output: agentAnswerSchema,
    errors: ['agent_name_taken'],
  }),
};
