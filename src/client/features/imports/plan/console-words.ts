// What the API calls a choice, and how the console offers it.
const ways: readonly (readonly [RegExp, string])[] = [
  [/,? or import with unknown_agents=create\b/gi, ', or choose in the import to have such agents added'],
  [
    / Choose one from GET \/v2\/ai-agents\./g,
    ' Choose one that the page Agents lists: its id is in the address of its own page.',
  ],
  [
    /,? or import with digits=international\b/gi,
    ', or choose in the import to take such digits for whole numbers',
  ],
  [/ Or import with a default_country\b/g, ' Or choose in the import which country such numbers belong to'],
  [/, or import with a default_provider\b/g, ', or choose in the import which provider new numbers have'],
  [/,? or import with existing=update\b/gi, ', or choose in the import to update such numbers'],
  [/, or say in mapping which counts/g, ', or choose which counts'],
  [/ Call one phone_number\./g, ' Choose which one is.'],
  [/, beginning with phone_number\b/g, ': Number, Name and so on'],
];

/** What is wrong with a row or a file, its way out told as the console has it. */
export const consoleWords = (message: string): string =>
  ways.reduce((words, [api, console]) => words.replace(api, console), message);
