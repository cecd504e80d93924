import { modKey } from '#client/lib/keyboard.ts';

interface KeySection {
  title: string;
  /** `isEdit`: for those who may change something. */
  keys: { does: string; keys: string[]; isEdit?: true }[];
}

/** Every key of the console, by where it works. */
export const keySections: KeySection[] = [
  {
    title: 'Everywhere',
    keys: [
      { does: 'Go to a number, an agent or a screen', keys: [modKey, 'K'] },
      { does: 'Undo the last act that offered it', keys: [modKey, 'Z'], isEdit: true },
      { does: 'Show these keys', keys: ['?'] },
      { does: 'Step back', keys: ['Esc'] },
    ],
  },
  {
    title: 'In the list of numbers',
    keys: [
      { does: 'Find', keys: ['/'] },
      { does: 'Add a number', keys: ['n'], isEdit: true },
      { does: 'Next and previous number', keys: ['j', 'k'] },
      { does: 'From cell to cell', keys: ['←', '→', '↑', '↓'] },
      { does: 'First number', keys: [modKey, 'Home'] },
      { does: 'Last number', keys: [modKey, 'End'] },
      { does: 'Open the number', keys: ['Enter'] },
      { does: 'Assign the inbound agent', keys: ['a'], isEdit: true },
      { does: 'Assign the outbound agent', keys: ['Shift', 'a'], isEdit: true },
      { does: 'Select the number', keys: ['x'], isEdit: true },
      { does: 'Select up to here', keys: ['Shift', 'x'], isEdit: true },
      { does: 'Select upwards and downwards', keys: ['Shift', '↑', '↓'], isEdit: true },
      { does: 'Select all that match', keys: [modKey, 'A'], isEdit: true },
      { does: 'In the menu of agents: unassign', keys: ['⌫'], isEdit: true },
    ],
  },
  {
    title: 'In a number',
    keys: [
      { does: 'Save', keys: [modKey, 'S'], isEdit: true },
      { does: 'Save and add another', keys: [modKey, 'Enter'], isEdit: true },
      { does: 'Next and previous number', keys: ['j', 'k'] },
      { does: 'From tab to tab, through the coming weeks', keys: ['←', '→'] },
      { does: 'Move a rule up or down', keys: ['Alt', '↑', '↓'], isEdit: true },
      { does: 'Add the label that is typed', keys: ['Enter', ','], isEdit: true },
    ],
  },
  {
    title: 'In a week of hours',
    keys: [
      { does: 'Move an interval', keys: ['←', '→'], isEdit: true },
      { does: 'Move its end', keys: ['Shift', '←', '→'], isEdit: true },
      { does: 'Move its start', keys: ['Alt', '←', '→'], isEdit: true },
      { does: 'Write its times', keys: ['Enter'], isEdit: true },
      { does: 'Remove it', keys: ['Delete'], isEdit: true },
    ],
  },
];
