import { createQuestion } from '#client/lib/question.ts';

/** Which hours to edit; null adds new ones. */
export interface HoursToEdit {
  businessHoursId: string | null;
  /** Where new ones are added: begin as a copy of these. */
  copyOf?: string;
  /** The zone that new ones begin with, as of the number they are for; the reader's where absent. */
  timeZone?: string;
  /** Called with the id of what was saved. */
  onSaved?: (businessHoursId: string) => void;
}

const { ask, useQuestion } = createQuestion<HoursToEdit>();

/**
 * The wish to edit business hours from anywhere, for business-hours-dialog.tsx, which layout/overlays.tsx
 * draws.
 */
export const useBusinessHoursToEdit = useQuestion;

/** Lays the editor over whatever is on the screen. Resolves when it closes: true when something was saved. */
export const editBusinessHours = (hours: HoursToEdit): Promise<boolean> => ask(hours);
