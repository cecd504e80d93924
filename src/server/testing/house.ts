import { posix } from 'node:path';

export interface SourceFile {
  /** From the repository's root: `src/client/lib/classes.ts`. */
  path: string;
  text: string;
}

interface Import {
  from: string;
  to: string;
}

const IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*\(?\s*['"]([^'"?]+)['"?]/g;
const rooms = ['contract', 'routing', 'client', 'server'] as const;

const isTest = (path: string) => /\.test\.tsx?$|\/testing(?:\/|\.ts$)/.test(path);
const targetOf = (path: string, specifier: string): string | null => {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null;
};

const specifiersIn = (text: string): string[] =>
  [...text.matchAll(IMPORT)].map(([, specifier = '']) => specifier);
const importsOf = ({ path, text }: SourceFile): Import[] =>
  specifiersIn(text).flatMap((specifier) => {
    const to = targetOf(path, specifier);
    return to === null ? [] : [{ from: path, to }];
  });

const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);

// From top to bottom: each feature may use those below it.
const clientFeatures = [
  'number-list',
  'views',
  'bulk-change',
  'bulk-jobs',
  'imports',
  'connection-imports',
  'number-record',
  'number-links',
  'copy-routing',
  'call-handling',
  'number-routing',
  'findings',
  'number-fields',
  'numbers',
  'audit-events',
  'business-hours',
  'agents',
  'connections',
  'operators',
  'api-keys',
  'settings',
  'notices',
  'number-count',
  'labels',
  'bulk',
  'sessions',
];

const featureOf = (path: string, room: 'client' | 'server') =>
  new RegExp(`^src/${room}/features/([^/]+)/`).exec(path)?.[1];

const clientLayer = (path: string): number => {
  if (isIn(path, 'src/client/lib')) return 0;
  if (isIn(path, 'src/client/api')) return 1;
  if (isIn(path, 'src/client/components')) return 2;
  if (isIn(path, 'src/client/features')) return 3;
  return isIn(path, 'src/client/layout') ? 4 : 5;
};

const isOffered = (path: string) => /\/(?:queries|acts|questions)\.ts$/.test(path);

const judgeClient = ({ from, to }: Import): string[] => {
  if (!isIn(from, 'src/client') || !isIn(to, 'src/client')) return [];
  if (clientLayer(to) > clientLayer(from))
    return ['goes up: routes, layout, features, components, api, lib is the order'];
  const [own, other] = [featureOf(from, 'client'), featureOf(to, 'client')];
  if (
    isIn(from, 'src/client/layout') &&
    other !== undefined &&
    !isOffered(to) &&
    !from.endsWith('/overlays.tsx')
  )
    return ['the layout takes of features their queries, acts and questions'];
  if (own === undefined || other === undefined || own === other) return [];
  const [place, placeOfOther] = [clientFeatures.indexOf(own), clientFeatures.indexOf(other)];
  return place < 0 || placeOfOther < 0 || place > placeOfOther
    ? ['features stand in one order, and import downwards']
    : [];
};

const judgeServer = ({ from, to }: Import): string[] => {
  if (!isIn(from, 'src/server') || !isIn(to, 'src/server')) return [];
  const [own, other] = [featureOf(from, 'server'), featureOf(to, 'server')];
  if (isIn(from, 'src/server/platform') && (other !== undefined || isIn(to, 'src/server/cli')))
    return ['the platform knows no feature'];
  if (own !== undefined && other !== undefined && own !== other && /store\.ts$|\/columns\.ts$/.test(to))
    return ['of another feature nothing of its store, nor a type'];
  return to.endsWith('/secrets/cipher.ts') &&
    own !== 'credentials' &&
    !isIn(from, 'src/server/platform/secrets')
    ? ['plaintext is for the credentials feature alone']
    : [];
};

/** Where SQL may stand: stores, columns.ts, and these folders of the platform. */
const holdsSql = (path: string) =>
  /store\.ts$|\/columns\.ts$/.test(path) ||
  ['db', 'audit', 'changes', 'idempotency'].some((folder) => isIn(path, `src/server/platform/${folder}`));

const ASKS_OTHERS =
  /^import (?!type)[^;]*(?:\b(?:request|get)\b[^;]*from 'node:http'|from '(?:node:https|node:tls|undici)')/m;

const judgeText = ({ path, text }: SourceFile): string[] => {
  const isSql =
    /['"`]\s*(?:select\b[^'"`]*?\bfrom|insert into|update \w+( p)? set|delete from|truncate|create (?:table|index))\b/.test(
      text,
    );
  return [
    ...(isIn(path, 'src/server') && isSql && !holdsSql(path) ? ['SQL is in stores and in the platform'] : []),
    ...(/\bprocess\.env\b/.test(text) && !path.endsWith('/config.ts')
      ? ['the environment is read by config.ts']
      : []),
    ...(/(?<![.\w])fetch\(/.test(text) && path !== 'src/client/api/call.ts'
      ? ['the one fetch is in client/api/call.ts']
      : []),
    ...(isIn(path, 'src/server') && !isIn(path, 'src/server/platform/egress') && ASKS_OTHERS.test(text)
      ? ['others are asked by platform/egress alone']
      : []),
    ...(/^export (?:\*|\{[^}]*\}) from '[.#]/m.test(text)
      ? ['no barrels: import a thing from where it is']
      : []),
  ];
};

const judgePath = ({ path, text }: SourceFile): string[] => {
  const folder = posix.dirname(path);
  return specifiersIn(text).flatMap((specifier) => {
    if (specifier.startsWith('../')) return [`${specifier}: write #room/… across folders`];
    const to = targetOf(path, specifier);
    return to !== null && specifier.startsWith('#') && posix.dirname(to) === folder
      ? [`${specifier}: write ./… inside a folder`]
      : [];
  });
};

// Files at the top of a room are rooms of their own: they put the others together, or are what all stand on.
const nodeOf = (path: string) =>
  rooms.some((room) => posix.dirname(path) === `src/${room}`) ? path : posix.dirname(path);

const findCircles = (imports: readonly Import[]): string[] => {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [own, other] = [nodeOf(from), nodeOf(to)];
    if (own !== other) next.set(own, (next.get(own) ?? new Set()).add(other));
  }
  const reached = (start: string) => {
    const seen = new Set(next.get(start));
    for (const place of seen) for (const further of next.get(place) ?? []) seen.add(further);
    return seen;
  };
  return [...next.keys()]
    .filter((start) => reached(start).has(start))
    .map((start) => `${start}: leads back to itself through other folders`);
};

const MAX_FILES = 20;

const findOverfull = (paths: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MAX_FILES)
    .map(([folder, count]) => `${folder}: ${count} files; ${MAX_FILES} are the most`);
};

/**
 * What breaks the rules of "How it is built" that a path or an import can break, each with its place. Rooms
 * apart are kept by the compiler, circles between files, default exports and `any` by the linter.
 */
export const findBreaches = (files: readonly SourceFile[]): string[] => {
  const own = files.filter(({ path }) => isIn(path, 'src') && !isTest(path));
  const imports = own.flatMap(importsOf);
  return [
    ...imports.flatMap((each) =>
      [...judgeClient(each), ...judgeServer(each)].map((wrong) => `${each.from} → ${each.to}: ${wrong}`),
    ),
    ...own.flatMap((file) =>
      [...judgeText(file), ...judgePath(file)].map((wrong) => `${file.path}: ${wrong}`),
    ),
    ...findCircles(imports),
    ...findOverfull(files.map(({ path }) => path).filter((path) => !isTest(path))),
  ];
};
