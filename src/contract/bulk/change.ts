import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { linkCreateSchema, unlinkSchema } from '#contract/connections/links.ts';
import { credentialNameSchema } from '#contract/numbers/field-values.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { labelsSchema } from '#contract/numbers/labels.ts';
import { readOnlyFields } from '#contract/numbers/phone-numbers.ts';
import { isStorable, NOT_STORABLE } from '#contract/reading/storable.ts';
import { idSchema, tooMuch } from '#contract/primitives.ts';

/** What is done to many numbers beside a patch. None of them is the name of a field. */
export const bulkActs = ['replace_agent', 'delete', 'restore', 'rotate', 'link', 'unlink'] as const;
export type BulkAct = (typeof bulkActs)[number];
const isAct = (key: string): key is BulkAct => (bulkActs as readonly string[]).includes(key);

/** In a bulk patch, labels to add and to remove; what is named neither way stays. */
export const labelsChangeSchema = z
  .strictObject({ add: labelsSchema.optional(), remove: labelsSchema.optional() })
  .refine(({ add = [], remove = [] }) => add.length + remove.length > 0, 'Name a label to add or to remove.')
  .describe('Labels to add and to remove; every other label stays.');
export type LabelsChange = z.infer<typeof labelsChangeSchema>;

const MAX_CREDENTIAL = 1000;

const replaceAgentSchema = z
  .strictObject({ from: idSchema, to: assignableAgentIdSchema })
  .refine(({ from, to }) => from !== to, {
    error: 'Choose another agent than the one it replaces.',
    path: ['to'],
  })
  .describe(
    'Puts one agent in another’s place: inbound, outbound, in rules, in splits with their weights added, in fallbacks and in stand-ins to come.',
  );

const rotateSchema = z
  .strictObject({
    credential: credentialNameSchema,
    value: z
      .string()
      .min(1, 'Write the new credential.')
      .max(MAX_CREDENTIAL, tooMuch(`A credential has at most ${MAX_CREDENTIAL} characters.`)),
  })
  .describe('Sets a credential. It is sealed at once, and erased when the plan or its job has ended.');

/** What no number could have, whatever its provider: said before anything of it is kept. */
const complaintOf = (name: string, value: unknown): { code: string; message: string } | null => {
  if (!isStorable([name, value])) return { code: 'invalid_text', message: NOT_STORABLE };
  if (readOnlyFields.includes(name))
    return { code: 'read_only', message: 'Leave this out: it cannot be changed.' };
  if (!isFieldName(name)) return { code: 'unknown_field', message: 'No number has a field of this name.' };
  return fieldOf(name).kind === 'credential' && value !== null && typeof value !== 'string'
    ? { code: 'invalid_type', message: 'Write the credential as a text, or null to clear it.' }
    : null;
};

/** What a change is: the act it names, or `patch` where it names fields. */
export const kindOfChange = (change: object): BulkAct | 'patch' => Object.keys(change).find(isAct) ?? 'patch';

/**
 * What is to be done to each number: a merge patch as for one number, or one act. Which fields a patch may
 * have depends on each number’s provider, so the patch is judged with the numbers.
 */
export const bulkChangeSchema = z
  .looseObject({
    replace_agent: replaceAgentSchema.optional(),
    delete: z.literal(true, 'Write true, or leave this out.').optional(),
    restore: z.literal(true, 'Write true, or leave this out.').optional(),
    rotate: rotateSchema.optional(),
    link: linkCreateSchema
      .optional()
      .describe('Links them to an account: to what is there, else to what is created there.'),
    unlink: unlinkSchema.optional().describe('Forgets what they are there; nothing is changed there.'),
  })
  .check(({ value, issues }) => {
    const names = Object.keys(value);
    for (const name of names.filter((each) => !isAct(each))) {
      const complaint = complaintOf(name, value[name]);
      if (complaint === null) continue;
      const { code, message } = complaint;
      issues.push({ code: 'custom', message, params: { code }, path: [name], input: value });
    }
    if (names.length === 1 || (names.length > 0 && !names.some(isAct))) return;
    const message =
      names.length === 0
        ? 'Say what is to change: fields, or one of replace_agent, delete, restore, rotate, link and unlink.'
        : `“${names.find(isAct)}” stands alone: leave the rest of the change out.`;
    issues.push({ code: 'custom', message, input: value });
  })
  .describe(
    'A merge patch as for one number, in which `labels` may also be `{add, remove}`; or one of `replace_agent`, `delete`, `restore`, `rotate`, `link` and `unlink`, alone.',
  );
export type BulkChange = z.infer<typeof bulkChangeSchema>;
export type BulkChangeInput = z.input<typeof bulkChangeSchema>;
