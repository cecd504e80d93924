import { problems } from '#contract/errors.ts';
import type { OpenApiDocument } from './openapi.ts';
import { createEndpointSection, type DescribedEndpoint } from './endpoint-section.ts';
import { fieldList, kindOf } from './fields.ts';
import { guide } from './guide.ts';
import { html, prose, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { JsonSchema } from './schemas.ts';

/* The reference for readers: one page without a script, made once from the document that programs read. */

const slug = (text: string) => text.toLowerCase().replaceAll(' ', '-');

const endpointsOf = ({ paths }: OpenApiDocument): DescribedEndpoint[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: slug(operation.operationId),
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

const navigationLink = ({ id, method, operation }: DescribedEndpoint): Html =>
  html`<a href="#${id}"
    ><b class="method ${method.toLowerCase()}">${method}</b><span>${operation.summary}</span></a
  >`;

const guideSections = guide.map(
  ({ id, title, text }) =>
    html`<section class="guide" id="${id}">
      <h2>${title}</h2>
      ${text.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
    </section>`,
);

const problemRows = Object.entries(problems).map(
  ([code, [status, title]]) =>
    html`<tr id="${code}">
      <td class="status">${status}</td>
      <td>
        <a href="#${code}"><code>${code}</code></a>
      </td>
      <td>${title}</td>
    </tr>`,
);

const shape = ([name, schema]: [string, JsonSchema]): Html => {
  const variants = schema.oneOf ?? schema.anyOf;
  return html`<article class="shape" id="shape-${name}">
    <h3><a href="#shape-${name}">${name}</a></h3>
    ${
      variants?.every(({ $ref }) => $ref !== undefined) === true
        ? html`<p>
            One of ${variants.map((variant, index) => html`${index > 0 && ', '}${kindOf(variant)}`)}.
          </p>`
        : (variants ?? [schema]).map((variant) => fieldList(variant, 'shape'))
    }
  </article>`;
};

export const renderPage = (document: OpenApiDocument): string => {
  const { schemas } = document.components;
  const endpoints = endpointsOf(document);
  const tags = document.tags.map(({ name }) => ({
    name,
    endpoints: endpoints.filter(({ operation }) => operation.tags.includes(name)),
  }));

  return renderLayout({
    title: 'Cordboard API',
    path: '/docs',
    contents: html`<h2>In general</h2>
      ${guide.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}
      ${tags.map(
        (tag) =>
          html`<h2>${tag.name}</h2>
            ${tag.endpoints.map(navigationLink)}`,
      )}
      <h2>Reference</h2>
      <a href="#problems">Problem codes</a>
      <a href="#shapes">Shapes</a>`,
    main: html`<header>
        <h1>Cordboard API</h1>
        <p>
          Everything the console does goes through this API. The same as
          <a href="/openapi.json">OpenAPI 3.1</a>, for programs.
        </p>
      </header>
      ${guideSections}
      ${tags.map(
        (tag) =>
          html`<h2 class="tag" id="tag-${slug(tag.name)}">${tag.name}</h2>
            ${tag.endpoints.map(createEndpointSection(schemas))}`,
      )}
      <section id="problems">
        <h2 class="tag">Problem codes</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Problem codes">
          <table>
            <thead>
              <tr>
                <th scope="col">Status</th>
                <th scope="col">Code</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              ${problemRows}
            </tbody>
          </table>
        </div>
      </section>
      <section id="shapes">
        <h2 class="tag">Shapes</h2>
        ${Object.entries(schemas).map(shape)}
      </section>`,
  });
};
