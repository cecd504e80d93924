import { codeNames, codes, findingsHref } from './finding-words.ts';

/** The kinds of finding, and where each is listed, for whoever looks for one by name. */
export const findingKinds = codes.map((code) => ({ code, name: codeNames[code], href: findingsHref(code) }));
