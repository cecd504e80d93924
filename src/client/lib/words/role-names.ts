import type { Role } from '#contract/access.ts';

export const roleNames: Record<Role, string> = { viewer: 'Viewer', operator: 'Operator', admin: 'Admin' };

/** One line for whoever hands a role out. */
export const roleMeanings: Record<Role, string> = {
  viewer: 'Sees numbers, agents and history. Changes nothing.',
  operator: 'Adds, edits and deletes numbers and agents, and reveals credentials.',
  admin: 'Also manages operators and API keys, and reads the whole activity log.',
};
