import type { Role } from '#contract/access.ts';

export const roleNames: Record<Role, string> = { viewer: 'Viewer', operator: 'Operator', admin: 'Admin' };

/** One line for whoever hands a role out. */
export const roleMeanings: Record<Role, string> = {
  viewer: 'Sees numbers, agents and history. Changes nothing.',
  operator:
    'Adds, edits and deletes numbers and business hours, adds, edits and retires agents, and reveals credentials.',
  admin: 'Also manages operators, API keys and limits, and reads the whole activity log.',
};
