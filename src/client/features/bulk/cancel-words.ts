import type { BulkJob } from '#contract/bulk/jobs.ts';
import { isCredential } from './job-words.ts';

/** What becomes of the numbers of a job that is cancelled: of those that are done, and of those that are left. */
export const cancelWords = ({ kind, fields }: Pick<BulkJob, 'kind' | 'fields'>): string => {
  switch (kind) {
    case 'import':
      return 'What is imported by now stays, and can be undone afterwards. The rows that are left are not imported; to have them, import the file again, and of numbers that are there already choose “Leave them as they are”.';
    case 'connection_import':
      return 'What is imported by now stays, and can be undone afterwards. The numbers that are left are not imported; to have them, import from the connection again: what is here by then stays as it is.';
    case 'undo':
      return 'What is put back by now stays so. Those that are left stay as they are; “Undo the rest” goes on with them afterwards.';
    case 'link':
    case 'unlink':
      return 'Numbers that are done by now stay so. Those that are left stay as they are; “Run the rest” goes on with them afterwards.';
    case 'rotate':
      return 'Numbers that have the new credential by now keep it: those of before are not kept. Those that are left stay as they are.';
    case 'patch':
    case 'replace_agent':
    case 'delete':
    case 'restore':
      return fields.some(isCredential)
        ? 'What is changed by now stays, and can be undone afterwards, but for credentials: those of before are not kept. Numbers that are left stay as they are.'
        : 'What is changed by now stays, and can be undone afterwards. Numbers that are left stay as they are; “Run the rest” goes on with them afterwards.';
  }
};
