import { html, prose, type Html } from './html.ts';
import { nameOf, type JsonSchema } from './schemas.ts';

/* The fields of a schema as a reader wants them: name, kind, limits, words. */

const literal = (value: unknown) =>
  html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;

const commaed = (parts: readonly Html[]): Html[] =>
  parts.map((part, index) => (index === 0 ? part : html`, ${part}`));

export const kindOf = (schema: JsonSchema): Html => {
  const name = nameOf(schema);
  if (name !== null) return html`<a href="#shape-${name}">${name}</a>`;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return html`one of ${commaed(schema.enum.map(literal))}`;
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return html`${choices.map((choice, index) => html`${index > 0 && ' or '}${kindOf(choice)}`)}`;
  if (schema.items) return html`list of ${kindOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object')
    return html`map of ${kindOf(schema.additionalProperties)}`;
  if (schema.format === 'date-time') return html`instant`;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'any value'];
  return html`${types.map((type) => ({ string: 'text', object: 'object', boolean: 'true or false' })[type] ?? type).join(' or ')}`;
};

const lengthOf = ({ minLength = 0, maxLength }: JsonSchema): string | false => {
  if (maxLength === undefined) return minLength > 1 && `at least ${minLength} characters`;
  if (minLength === maxLength) return `${maxLength} characters`;
  return minLength > 1
    ? `${minLength} to ${maxLength} characters`
    : `at most ${maxLength.toLocaleString('en-GB')} characters`;
};

const limitsOf = (schema: JsonSchema): string => {
  const parts = [
    lengthOf(schema),
    schema.maxItems !== undefined && `at most ${schema.maxItems}`,
    schema.default !== undefined && `\`${JSON.stringify(schema.default).replaceAll('"', '')}\` unless given`,
  ];
  const inner = schema.anyOf?.find((choice) => choice.type !== 'null');
  return [...parts.filter((part) => part !== false), ...(inner ? [limitsOf(inner)] : [])]
    .filter((part) => part !== '')
    .join(', ');
};

const wordsOf = (schema: JsonSchema): string =>
  schema.description ?? schema.anyOf?.find((choice) => choice.description)?.description ?? '';

export const fieldRow = (
  name: string,
  schema: JsonSchema,
  isRequired: boolean,
  description = wordsOf(schema),
): Html => {
  const limits = limitsOf(schema);
  return html`<div class="field">
    <dt><code>${name}</code>${isRequired && html`<span class="must">required</span>`}</dt>
    <dd>
      <span class="kind">${kindOf(schema)}</span>${description !== '' && html`<p>${prose(description)}</p>`}${
        limits !== '' && html`<p class="limits">${prose(limits.replace(/^./, (c) => c.toUpperCase()))}.</p>`
      }
    </dd>
  </div>`;
};

/**
 * In a body, required fields are marked; in a shape only where some are not, since an answer has them all.
 */
export const fieldList = ({ properties = {}, required = [] }: JsonSchema, place: 'body' | 'shape'): Html => {
  const fields = Object.entries(properties);
  const marks = place === 'body' || required.length < fields.length;
  return html`<dl class="fields">
    ${fields.map(([name, property]) => fieldRow(name, property, marks && required.includes(name)))}
  </dl>`;
};
