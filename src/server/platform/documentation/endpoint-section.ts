import { problems, type ProblemCode } from '#contract/errors.ts';
import type { Answer, Operation, Parameter } from './openapi.ts';
import { fieldList, fieldRow, kindOf } from './fields.ts';
import { html, prose, type Html } from './html.ts';
import { createSampler } from './sample.ts';
import { nameOf, type JsonSchema } from './schemas.ts';

export interface DescribedEndpoint {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

// Any endpoint that takes anything can answer these: the document has them everywhere, the page once.
const common = new Set<ProblemCode>([
  'unauthenticated',
  'forbidden',
  'cross_site_request',
  'invalid_json',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
  'unknown_field',
  'internal',
  'database_unavailable',
  'outcome_unknown',
  'disk_full',
  'wrong_host',
]);

const ownCodesOf = ({ responses }: Operation): ProblemCode[] =>
  (Object.keys(problems) as ProblemCode[]).filter(
    (code) => !common.has(code) && responses[problems[code][0]]?.description.includes(`\`${code}\``) === true,
  );

const bodySchema = (body: Pick<Answer, 'content'> | undefined): JsonSchema | undefined =>
  Object.values(body?.content ?? {})[0]?.schema;

/** The type of a body that is a file; undefined of any other. */
const fileType = ({ requestBody }: Operation): string | undefined =>
  Object.keys(requestBody?.content ?? {}).find((type) => type !== 'application/json');

const preformatted = (text: string) => html`<pre tabindex="0"><code>${text}</code></pre>`;

const pathWithHoles = (path: string) =>
  path.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? html`<i>${part}</i>` : part));

const parameterList = (title: string, parameters: readonly Parameter[]): Html | false =>
  parameters.length > 0 &&
  html`<h4>${title}</h4>
    <dl class="fields">
      ${parameters.map(({ name, schema, required, description }) => fieldRow(name, schema, required, description))}
    </dl>`;

const problemLink = (code: ProblemCode) =>
  html`<a href="#${code}"><span class="status">${problems[code][0]}</span> <code>${code}</code></a> `;

/**
 * One endpoint in the reference: what it takes and how it fails on the left, a request and its answer on the
 * right.
 */
export const createEndpointSection = (schemas: Record<string, JsonSchema>) => {
  const sampleOf = createSampler(schemas);

  /** The fields of a body; where it has several shapes, the first is open and the others a click away. */
  const bodyFields = (schema: JsonSchema): Html => {
    const name = nameOf(schema);
    if (name !== null) return bodyFields(schemas[name] ?? {});
    const variants = schema.oneOf ?? schema.anyOf;
    if (!variants) return fieldList(schema, 'body');
    return html`${variants.map(
      (variant, index) =>
        html`<details ${index === 0 && 'open'}>
          <summary>${nameOf(variant)}</summary>
          ${bodyFields(variant)}
        </details>`,
    )}`;
  };

  const curl = ({ method, path, operation }: DescribedEndpoint): string => {
    const file = fileType(operation);
    const body = file === undefined ? bodySchema(operation.requestBody) : undefined;
    const takesKey = operation.security.some((scheme) => 'apiKey' in scheme);
    const credentials = takesKey
      ? ['-H "Authorization: Bearer $KEY"']
      : operation.security.length > 0
        ? ['-b session-cookie.txt']
        : [];
    const takesVersion = operation.parameters?.some(({ name }) => name === 'If-Match') === true;
    return [
      `curl ${method === 'GET' ? '' : `-X ${method} `}$CORDBOARD${path.replace(/\{(\w+)\}/g, '$$$1')}`,
      ...credentials,
      ...(takesVersion ? [`-H 'If-Match: "7"'`] : []),
      ...(file !== undefined ? [`-H 'Content-Type: ${file}'`, '--data-binary @numbers.csv'] : []),
      ...(body
        ? [
            "-H 'Content-Type: application/json'",
            `-d '${JSON.stringify(sampleOf(body, 'sent'), null, 2).replaceAll('\n', '\n  ')}'`,
          ]
        : []),
    ].join(' \\\n  ');
  };

  return (endpoint: DescribedEndpoint): Html => {
    const { id, method, path, operation } = endpoint;
    const parameters = (place: Parameter['in']) =>
      operation.parameters?.filter((parameter) => parameter.in === place) ?? [];
    const [status = '', success] = Object.entries(operation.responses)[0] ?? [];
    const [sent, answered] = [bodySchema(operation.requestBody), bodySchema(success)];
    const words = operation.requestBody?.description;
    return html`<section class="endpoint" id="${id}">
      <div class="words">
        <h3><a href="#${id}">${operation.summary}</a></h3>
        <p class="line">
          <b class="method ${method.toLowerCase()}">${method}</b> <code>${pathWithHoles(path)}</code>
        </p>
        <p class="access">${prose(operation.description)}</p>
        ${parameterList('Path', parameters('path'))} ${parameterList('Query', parameters('query'))}
        ${parameterList('Headers', parameters('header'))} ${sent && html`<h4>Body</h4>`}
        ${words !== undefined && html`<p>${prose(words)}</p>`}
        ${sent && fileType(operation) === undefined && bodyFields(sent)}
        <h4>Problems</h4>
        <p class="codes">
          ${ownCodesOf(operation).map(problemLink)}<a href="#problems">those of any endpoint</a>
        </p>
      </div>
      <div class="example">
        <h4>Request</h4>
        ${preformatted(curl(endpoint))}
        <h4>Answer <span class="status">${status}</span></h4>
        <p>${answered?.$ref === undefined ? prose(success?.description ?? '') : kindOf(answered)}</p>
        ${answered?.$ref !== undefined && preformatted(JSON.stringify(sampleOf(answered, 'answered'), null, 2))}
      </div>
    </section>`;
  };
};
