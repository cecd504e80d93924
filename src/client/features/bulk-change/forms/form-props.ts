import type { ChangeForm, PlannedChange, Selected } from '#client/features/bulk/questions.ts';

/** What each form of a change is given, and answers. */
export interface FormProps<K extends ChangeForm['kind'] = ChangeForm['kind']> {
  ask: Extract<ChangeForm, { kind: K }>;
  selected: Selected;
  /** False while the preview of what it asked for is shown. */
  isShown: boolean;
  /** Told when there is something typed that would be lost. */
  onDirty: (isDirty: boolean) => void;
  onPlan: (planned: PlannedChange) => void;
  onClose: () => void;
}
