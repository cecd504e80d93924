import { z } from 'zod';
import { endpoint } from '#contract/endpoint.ts';
import {
  operatorCreateSchema,
  operatorListSchema,
  operatorSchema,
  operatorUpdateSchema,
} from '#contract/operators.ts';
import { idSchema } from '#contract/primitives.ts';

export const operatorsApi = {
  'GET /v1/operators': endpoint({
    summary: 'List operators',
    tag: 'Operators',
    access: { role: 'admin', scope: null },
    status: 200,
    output: operatorListSchema,
  }),
  'POST /v1/operators': endpoint({
    summary: 'Add an operator',
    tag: 'Operators',
    access: { role: 'admin', scope: null, fresh: true },
    body: operatorCreateSchema,
    status: 201,
    output: operatorSchema,
    errors: ['email_taken'],
  }),
  'PATCH /v1/operators/{operator_id}': endpoint({
    summary: 'Change an operator’s name or role, disable or enable them',
    tag: 'Operators',
    access: { role: 'admin', scope: null, fresh: true },
    params: z.strictObject({ operator_id: idSchema }),
    body: operatorUpdateSchema,
    mergesWithStored: true,
    status: 200,
    output: operatorSchema,
    errors: ['last_admin', 'api_keys_unanswered'],
  }),
};
