import { problems, type ProblemCode } from '#contract/errors.ts';
import type { Answer, OpenApiDocument, Operation, Parameter } from '#server/http/openapi.ts';
import { fieldList, fieldRow, kindOf } from './fields.ts';
import { guide } from './guide.ts';
import { html, prose, type Html } from './html.ts';
import { createSampler } from './sample.ts';
import { nameOf, type JsonSchema } from './schemas.ts';

/** The reference for readers: one page without a script, made once from the document that programs read. */
interface Endpoint {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

const slug = (text: string) => text.toLowerCase().replaceAll(' ', '-');

const endpointsOf = ({ paths }: OpenApiDocument): Endpoint[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ id: slug(operation.operationId), method: method.toUpperCase(), path, operation })),
  );

const mark = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
  <circle cx="4" cy="5" r="2.2" fill="currentColor" />
  <circle cx="16" cy="15" r="2.2" fill="currentColor" />
  <path class="cord" d="M4 5c0 9 12 1 12 10" fill="none" stroke-width="2" />
</svg>`;

const pathWithHoles = (path: string) => path.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? html`<i>${part}</i>` : part));

const json = (value: unknown) => html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const bodySchema = (answer: Pick<Answer, 'content'> | undefined): JsonSchema | undefined => Object.values(answer?.content ?? {})[0]?.schema;

const parameterList = (title: string, parameters: readonly Parameter[]): Html | false =>
  parameters.length > 0 &&
  html`<h4>${title}</h4>
    <dl class="fields">${parameters.map(({ name, schema, required, description }) => fieldRow(name, schema, required, description))}</dl>`;

const codesOf = ({ responses }: Operation): ProblemCode[] =>
  (Object.keys(problems) as ProblemCode[]).filter((code) => responses[problems[code][0]]?.description.includes(`\`${code}\``));

export const renderPage = (document: OpenApiDocument): string => {
  const { schemas } = document.components;
  const sampleOf = createSampler(schemas);
  const endpoints = endpointsOf(document);
  const byTag = document.tags.map(({ name }) => ({ name, endpoints: endpoints.filter(({ operation }) => operation.tags.includes(name)) }));

  const fieldsOf = (schema: JsonSchema): Html => {
    const name = nameOf(schema);
    if (name !== null) return fieldsOf(schemas[name] ?? {});
    const variants = schema.oneOf ?? schema.anyOf;
    if (!variants) return fieldList(schema);
    return html`<p>One of ${variants.map((variant, index) => html`${index > 0 && ', '}${kindOf(variant)}`)}.</p>`;
  };

  const curl = ({ method, path, operation }: Endpoint): Html => {
    const body = bodySchema(operation.requestBody);
    const needsKey = operation.security.some((scheme) => 'apiKey' in scheme);
    const lines = [
      `curl ${method === 'GET' ? '' : `-X ${method} `}$CORDBOARD${path.replace(/\{(\w+)\}/g, '$$$1')}`,
      ...(needsKey ? ['-H "Authorization: Bearer $KEY"'] : operation.security.length > 0 ? ['-b session-cookie.txt'] : []),
      ...(operation.parameters?.some(({ name }) => name === 'If-Match') ? [`-H 'If-Match: "7"'`] : []),
      ...(body ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(sampleOf(body, 'sent'))}'`] : []),
    ];
    return html`<pre tabindex="0"><code>${lines.join(' \\\n  ')}</code></pre>`;
  };

  const endpointSection = (endpoint: Endpoint): Html => {
    const { id, method, path, operation } = endpoint;
    const parameters = operation.parameters ?? [];
    const [status = '', success] = Object.entries(operation.responses)[0] ?? [];
    const sent = bodySchema(operation.requestBody);
    const answered = bodySchema(success);
    return html`<section class="endpoint" id="${id}">
      <div class="words">
        <h3><a href="#${id}">${operation.summary}</a></h3>
        <p class="line"><b class="method ${method.toLowerCase()}">${method}</b> <code>${pathWithHoles(path)}</code></p>
        <p class="access">${prose(operation.description)}</p>
        ${parameterList(
          'Path',
          parameters.filter((parameter) => parameter.in === 'path'),
        )}${parameterList(
          'Query',
          parameters.filter((parameter) => parameter.in === 'query'),
        )}${parameterList(
          'Headers',
          parameters.filter((parameter) => parameter.in === 'header'),
        )}
        ${
          sent &&
          html`<h4>Body</h4>
            ${operation.requestBody?.description !== undefined && html`<p>${prose(operation.requestBody.description)}</p>`}${fieldsOf(sent)}`
        }
        <h4>Problems</h4>
        <p class="codes">${codesOf(operation).map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p>
      </div>
      <div class="example">
        <h4>Request</h4>
        ${curl(endpoint)}
        <h4>Answer <span class="status">${status}</span></h4>
        ${
          answered?.$ref === undefined
            ? html`<p>${prose(success?.description ?? '')}</p>`
            : html`<p>${kindOf(answered)}</p>
                ${json(sampleOf(answered, 'answered'))}`
        }
      </div>
    </section>`;
  };

  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Cordboard API</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Contents">
          <a class="brand" href="/">${mark} Cordboard</a>
          <h2>Guide</h2>
          ${guide.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}
          ${byTag.map(
            (tag) =>
              html`<h2>${tag.name}</h2>
                ${tag.endpoints.map(
                  ({ id, method, operation }) =>
                    html`<a href="#${id}"><b class="method ${method.toLowerCase()}">${method}</b><span>${operation.summary}</span></a>`,
                )}`,
          )}
          <h2>Reference</h2>
          <a href="#problems">Problem codes</a>
          <a href="#shapes">Shapes</a>
        </nav>
        <main id="content">
          <header>
            <h1>Cordboard API</h1>
            <p>Everything the console does goes through this API. The same as <a href="/openapi.json">OpenAPI 3.1</a>, for programs.</p>
          </header>
          ${guide.map(
            ({ id, title, text }) =>
              html`<section class="guide" id="${id}">
                <h2>${title}</h2>
                ${text.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
              </section>`,
          )}
          ${byTag.map(
            (tag) =>
              html`<h2 class="tag" id="tag-${slug(tag.name)}">${tag.name}</h2>
                ${tag.endpoints.map(endpointSection)}`,
          )}
          <section id="problems">
            <h2 class="tag">Problem codes</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Problem codes">
              <table>
                <thead>
                  <tr>
                    <th>Status</th>
                    <th>Code</th>
                    <th>Meaning</th>
                  </tr>
                </thead>
                <tbody>
                  ${Object.entries(problems).map(
                    ([code, [status, title]]) =>
                      html`<tr id="${code}">
                        <td class="status">${status}</td>
                        <td>
                          <a href="#${code}"><code>${code}</code></a>
                        </td>
                        <td>${title}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
          </section>
          <section id="shapes">
            <h2 class="tag">Shapes</h2>
            ${Object.entries(schemas).map(
              ([name, schema]) =>
                html`<details id="shape-${name}">
                  <summary>${name}</summary>
                  ${fieldsOf(schema)}
                </details>`,
            )}
          </section>
        </main>
      </body>
    </html>`.text;
};
