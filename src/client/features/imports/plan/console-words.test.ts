import { expect, test } from 'vitest';
import { consoleWords } from './console-words.ts';

test.for([
  [
    'No agent is called “X”. Correct the name, or import with unknown_agents=create.',
    'No agent is called “X”. Correct the name, or choose in the import to have such agents added.',
  ],
  [
    'No agent has this id. Choose one from GET /v2/ai-agents.',
    'No agent has this id. Choose one that the page Agents lists: its id is in the address of its own page.',
  ],
  [
    '7 digits and no country code. Write + in front. Or import with a default_country.',
    '7 digits and no country code. Write + in front. Or choose in the import which country such numbers belong to.',
  ],
  [
    'A number that is added needs a provider. Write Twilio (twilio) or Platform (pia), or import with a default_provider.',
    'A number that is added needs a provider. Write Twilio (twilio) or Platform (pia), or choose in the import which provider new numbers have.',
  ],
  [
    'The file is empty. Its first line names the columns, beginning with phone_number.',
    'The file is empty. Its first line names the columns: Number, Name and so on.',
  ],
  ['A space after “trunk”. A host has none.', 'A space after “trunk”. A host has none.'],
])('%s', ([message = '', words]) => {
  expect(consoleWords(message)).toBe(words);
});
