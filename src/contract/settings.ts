import { z } from 'zod';
import { instantSchema } from './primitives.ts';

const TOO_FEW = 'Allow a whole number of reveals, at least 1 an hour.';
const perHour = z
  .number(TOO_FEW)
  .int(TOO_FEW)
  .min(1, TOO_FEW)
  .max(100_000, 'Allow at most 100,000 reveals an hour.');

const changeable = {
  operator_reveals_per_hour: perHour.describe('How many credentials one operator may reveal within an hour.'),
  api_key_reveals_per_hour: perHour.describe('How many credentials one API key may reveal within an hour.'),
};
export type SettingName = keyof typeof changeable;

/** What holds until an admin changes it. */
export const defaultSettings = {
  operator_reveals_per_hour: 60,
  api_key_reveals_per_hour: 600,
} as const satisfies Record<SettingName, number>;

/** What admins decide for everyone. */
export const settingsSchema = z.strictObject({
  ...changeable,
  version: z.number().int().min(1).describe('One higher after every change; also the ETag.'),
  updated_at: instantSchema.nullable().describe('Null until a setting is changed.'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Absent is unchanged, null is the default again. */
export const settingsPatchSchema = z.strictObject({
  operator_reveals_per_hour: changeable.operator_reveals_per_hour.nullable().optional(),
  api_key_reveals_per_hour: changeable.api_key_reveals_per_hour.nullable().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
