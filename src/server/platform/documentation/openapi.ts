import { api, type EndpointKey } from '#contract/api.ts';
import type { Access } from '#contract/access.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { problems, type ProblemCode } from '#contract/errors.ts';
import { phoneNumberPatchBodySchema } from '#contract/numbers/phone-numbers.ts';
import { guide } from './guide.ts';
import { componentSchemas, convertParameters, refTo, refToSchema, type JsonSchema } from './schemas.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}
export interface Answer {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, { schema: JsonSchema }>;
}
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: true; description?: string; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, Answer>;
}
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, unknown> };
}

/** Who may call it, in words: the same decision that server/access.ts makes. */
export const describeAccess = (access: Access): string => {
  if (access === 'anyone') return 'Anyone, signed in or not.';
  if (access === 'anyone-known') return 'Any signed-in operator, or any API key.';
  if (access === 'session') return 'Any signed-in operator; no API key.';
  const role =
    access.role === 'admin'
      ? 'An admin'
      : access.role === 'operator'
        ? 'An operator or admin'
        : 'Any signed-in operator';
  const fresh = access.fresh ? ' who gave the password within ten minutes' : '';
  return access.scope === null
    ? `${role}${fresh}; no API key.`
    : `${role}${fresh}, or an API key with the scope${access.also ? `s \`${access.scope}\` and \`${access.also}\`` : ` \`${access.scope}\``}.`;
};

const securityOf = (access: Access): Record<string, string[]>[] => {
  if (access === 'anyone') return [];
  if (access === 'session') return [{ session: [] }];
  if (access === 'anyone-known') return [{ apiKey: [] }, { session: [] }];
  return access.scope === null
    ? [{ session: [] }]
    : [{ apiKey: [access.scope, ...(access.also ? [access.also] : [])] }, { session: [] }];
};

const isWrite = (method: string) => method !== 'GET';

/** Every problem an endpoint can answer: its own, and those that follow from what it takes. */
export const problemsOf = (method: string, endpoint: Endpoint): ProblemCode[] => {
  const { access, params, query, body, upload, errors = [], idempotent, versioned } = endpoint;
  const codes: ProblemCode[] = [
    ...errors,
    'unauthenticated',
    'wrong_host',
    'internal',
    'database_unavailable',
  ];
  if (typeof access === 'object' || access === 'session') codes.push('forbidden');
  if (params) codes.push('not_found');
  if (query) codes.push('validation_failed', 'unknown_field');
  if (body)
    codes.push(
      'invalid_json',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
      'unknown_field',
    );
  if (upload) codes.push('invalid_request');
  if (isWrite(method)) codes.push('cross_site_request', 'outcome_unknown', 'disk_full');
  if (idempotent) codes.push('invalid_request', 'idempotency_key_reused');
  if (versioned && isWrite(method)) codes.push('invalid_request');
  return (Object.keys(problems) as ProblemCode[]).filter((code) => codes.includes(code));
};

const problemAnswers = (codes: ProblemCode[]): Record<string, Answer> => {
  const answers: Record<string, Answer> = {};
  for (const status of new Set(codes.map((code) => problems[code][0]))) {
    const here = codes.filter((code) => problems[code][0] === status);
    answers[status] = {
      description: here.map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [refTo('Problem'), { properties: { code: { enum: here }, status: { const: status } } }],
          },
        },
      },
      ...((status === 429 || status === 503 || status === 507) && {
        headers: {
          'Retry-After': {
            description: 'When to try again, in seconds.',
            schema: { type: 'integer', minimum: 1 },
          },
        },
      }),
    };
  }
  return answers;
};

const parametersFrom = (place: 'path' | 'query', schema: JsonSchema): Parameter[] =>
  Object.entries(schema.properties ?? {}).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }));

const header = (name: string, description: string, schema: JsonSchema): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

const parametersOf = (method: string, { params, query, versioned, idempotent }: Endpoint): Parameter[] => [
  ...(params ? parametersFrom('path', convertParameters(params)) : []),
  ...(query ? parametersFrom('query', convertParameters(query)) : []),
  ...(versioned && isWrite(method) && params
    ? [
        header('If-Match', 'The ETag you hold: a stale write is refused with 412.', {
          type: 'string',
          pattern: '^(?:\\*|(?:W/)?"\\d{1,9}")$',
        }),
      ]
    : []),
  ...(idempotent
    ? [
        header('Idempotency-Key', 'Makes a retry act no second time, for 24 hours.', {
          type: 'string',
          pattern: '^[\\x21-\\x7e]{1,255}$',
        }),
      ]
    : []),
];

const bodyOf = (body: NonNullable<Endpoint['body']>): JsonSchema =>
  body === phoneNumberPatchBodySchema
    ? { anyOf: ['SipPhoneNumberPatch', 'TwilioPhoneNumberPatch', 'PiaPhoneNumberPatch'].map(refTo) }
    : refToSchema(body);

const uploadOf = (types: readonly string[]): NonNullable<Operation['requestBody']> => ({
  required: true,
  description: 'The file, as it is.',
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
});

const positionHeader = {
  description: 'Where this was read among the changes: `GET /v1/changes?since=` begins there.',
  schema: { type: 'string' },
};

const successOf = ({ output, stream, file, versioned, positioned }: Endpoint): Answer => {
  if (file)
    return {
      description:
        'A file, sent piece by piece. One that breaks off ends without the end of its transfer: it is not whole.',
      headers: {
        'Content-Disposition': { description: 'What to call the file.', schema: { type: 'string' } },
      },
      content: Object.fromEntries(file.map((type) => [type, { schema: { type: 'string' } }])),
    };
  if (stream)
    return {
      description:
        'Server-sent events. Each `data` line is a `Change`; the event `gap` says that some may have been missed, so read afresh; `replaced`, that this stream gave way to a newer one; `position`, where among the changes it begins; `alive`, every five seconds, that the server is there.',
      content: { [stream]: { schema: { type: 'string' } } },
    };
  if (!output) return { description: 'Done; no content.' };
  return {
    description: 'Done.',
    content: { 'application/json': { schema: refToSchema(output) } },
    ...(versioned && {
      headers: {
        ETag: {
          description: 'The version of what was answered, in double quotes.',
          schema: { type: 'string' },
        },
      },
    }),
    ...(positioned && { headers: { 'Changes-Position': positionHeader } }),
  };
};

export const operationIdOf = (key: EndpointKey): string =>
  key
    .toLowerCase()
    .replace(/ \/v\d\//, '_')
    .replace(/[{}]/g, '')
    .replace(/[/-]/g, '_');

const operationOf = (key: EndpointKey, method: string, endpoint: Endpoint): Operation => {
  const parameters = parametersOf(method, endpoint);
  return {
    operationId: operationIdOf(key),
    summary: endpoint.summary,
    description: describeAccess(endpoint.access),
    tags: [endpoint.tag],
    security: securityOf(endpoint.access),
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body && {
      requestBody: {
        required: true,
        ...(endpoint.body.description !== undefined && { description: endpoint.body.description }),
        content: { 'application/json': { schema: bodyOf(endpoint.body) } },
      },
    }),
    ...(endpoint.upload && { requestBody: uploadOf(endpoint.upload) }),
    responses: {
      ...(endpoint.also && { [endpoint.also.status]: successOf({ ...endpoint, ...endpoint.also }) }),
      [endpoint.status]: successOf(endpoint),
      ...problemAnswers(problemsOf(method, endpoint)),
    },
  };
};

/** The contract as an OpenAPI 3.1 document, generated from the schemas that validate. */
export const createOpenApiDocument = (): OpenApiDocument => {
  const paths: OpenApiDocument['paths'] = {};
  const keys = Object.keys(api) as EndpointKey[];
  for (const key of keys) {
    const [method = '', path = ''] = key.split(' ');
    (paths[path] ??= {})[method.toLowerCase()] = operationOf(key, method, api[key]);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordboard',
      version: '1.0.0',
      description: guide.map(({ title, text }) => `## ${title}\n\n${text.join('\n\n')}`).join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(keys.map((key) => api[key].tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key; the names listed are the scopes it must have.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'cordboard_session',
          description:
            'The session of a signed-in operator. Behind https the name is `__Host-cordboard_session`.',
        },
      },
    },
  };
};
