import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lexer, walkTokens, type Token } from 'marked';
import { api } from '#contract/api.ts';
import { scopes } from '#contract/access.ts';
import { problems } from '#contract/errors.ts';
import { commands } from '#server/cli/commands.ts';
import { headingId } from '#server/platform/documentation/render-markdown.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

const filesBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const sources = ['src', 'e2e'].flatMap(filesBelow);
const fileNames = new Set(sources.map((path) => path.slice(path.lastIndexOf('/') + 1)));
const code = sources
  .filter((path) => /\.tsx?$/.test(path) && !/\/testing\/|\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const ofNpm = new Set(['pack', 'install']);

const tokensOf = (markdown: string): Token[] => {
  const tokens: Token[] = [];
  void walkTokens(lexer(markdown), (token) => void tokens.push(token));
  return tokens;
};
const idsIn = (markdown: string) =>
  tokensOf(markdown).flatMap((token) =>
    token.type === 'heading' ? [headingId(token['text'] as string)] : [],
  );

const isLinked = (from: string, href: string): boolean => {
  if (href.startsWith('https://')) return true;
  const [path = '', heading] = href.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  return existsSync(join(root, target)) && (heading === undefined || idsIn(textOf(target)).includes(heading));
};

const namesCommand = (words: readonly string[]): boolean => {
  const [name = '', ...rest] = words;
  if (name === 'help' || name === '…') return true;
  const command = commands.find((each) => each.name === name);
  const flags = rest.flatMap((word) => /^--([a-z-]+)$/.exec(word)?.[1] ?? []);
  const act = /^[a-z]+$/.test(rest[0] ?? '') ? `${name} ${rest[0]}` : name;
  return (
    command?.usage.some((line) => `${line} `.startsWith(`${act} `)) === true &&
    flags.every((flag) => flag in (command.options ?? {}))
  );
};

const listed = (file: string, name: string) =>
  new RegExp(`(?:^|[\\s'])'?${name}'?[:')]`, 'm').test(textOf(file));

/** Of one line of code, or one name in the text: each thing said in it that does not exist. */
const missingIn = (line: string): string[] => {
  const missing: string[] = [];
  const check = (pattern: RegExp, exists: (...parts: string[]) => boolean) => {
    for (const [whole, ...parts] of line.matchAll(pattern))
      if (!exists(...parts.map((part) => part ?? ''))) missing.push(whole.trim());
  };
  check(/\bnpm (?:run )?([a-z:]+)/g, (script) => script in scripts || script === 'run' || ofNpm.has(script));
  check(/(?:npm run cordboard --|npx cordboard) ([^#;`]+)/g, (words) =>
    namesCommand(words.trim().split(/\s+/)),
  );
  check(/npm run prove ([a-z-]+)/g, (name) => listed('e2e/prove/main.ts', name));
  check(/npm run bench -- ([a-z]+)/g, (name) => listed('e2e/bench/main.ts', name));
  check(/(?<![\w/.])((?:src|e2e|\.ci|\.github)\/[\w./-]*)/g, (path) => existsSync(join(root, path)));
  check(
    /(?<![\w/.-])([\w-]+\.(?:tsx?|json))\b(?!\()/g,
    (name) => name === 'package.json' || fileNames.has(name),
  );
  check(/(?<![\w.$"'/])((?:GET|POST|PATCH|PUT|DELETE) \/v\d\S*)/g, (key) => key in api);
  check(/(?<![\w}])(\/v\d\/[\w/{}-]+)/g, (path) => Object.keys(api).some((key) => key.endsWith(` ${path}`)));
  return missing;
};

/** A name alone between backticks must be found in the code as it stands. */
const isKnownName = (name: string): boolean => {
  if (/^[a-z]+:[a-z]+$/.test(name)) return (scopes as readonly string[]).includes(name);
  if (/^[a-z]+(?:_[a-z]+)+$/.test(name)) return name in problems || new RegExp(`\\b${name}\\b`).test(code);
  if (/^[a-z]+(?:[A-Z][a-z]*)+$/.test(name)) return new RegExp(`\\b${name}\\b`).test(code);
  if (/^[A-Z]+(?:_[A-Z]+)+$/.test(name))
    return code.includes(name) || textOf('vite.config.ts').includes(name);
  return true;
};

/**
 * What a text names of the repository (files, code, commands, endpoints, links) and does not exist, each as
 * it is written.
 */
export const findMissing = (path: string, markdown = textOf(path)): string[] =>
  tokensOf(markdown).flatMap((token) => {
    if (token.type === 'link' || token.type === 'image')
      return isLinked(path, token['href'] as string) ? [] : [token['href'] as string];
    if (token.type === 'code') return (token['text'] as string).split('\n').flatMap(missingIn);
    if (token.type !== 'codespan') return [];
    const text = token['text'] as string;
    return [...missingIn(text), ...(isKnownName(text) ? [] : [text])];
  });
