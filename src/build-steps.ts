import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Packs the console as tightly as it goes, once, so that serving it costs nothing. */
export const packed = (folder: string): Plugin => ({
  name: 'packed',
  apply: 'build',
  async closeBundle() {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = entries.filter((entry) => entry.isFile() && /\.(js|css|html|svg|txt)$/.test(entry.name));
    await Promise.all(
      texts.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const plain = await readFile(path);
        if (plain.length < 200) return;
        const options = {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
        };
        await Promise.all([
          brotli(plain, options).then((bytes) => writeFile(`${path}.br`, bytes)),
          zip(plain, { level: 9 }).then((bytes) => writeFile(`${path}.gz`, bytes)),
        ]);
      }),
    );
  },
});

/** Puts files that the server reads at run time beside its bundle. */
export const copied = (from: string, to: string): Plugin => ({
  name: 'copied',
  apply: 'build',
  closeBundle: () => cp(from, to, { recursive: true }),
});

/** Renders the guides once: the bundle gets their pages, and neither the Markdown library nor the files. */
export const renderedGuides = (): Plugin => ({
  name: 'rendered-guides',
  apply: 'build',
  async load(id) {
    if (!id.endsWith('/documentation/guides.ts')) return undefined;
    const { guides } = await import('#server/platform/documentation/guides.ts');
    return `export const guides = ${JSON.stringify(guides)};`;
  },
});

const insertion = 'style.appendChild(document.createTextNode(code))';
const adoption = '(style = new CSSStyleSheet()).replaceSync(code);document.adoptedStyleSheets.push(style)';

/**
 * Sonner adds its styles as a <style>, which our Content-Security-Policy refuses; as a constructed sheet they
 * may stay.
 */
export const adoptedStyles = (): Plugin => ({
  name: 'adopted-styles',
  transform(code, id) {
    if (!id.endsWith('/sonner/dist/index.mjs')) return undefined;
    if (!code.includes(insertion))
      throw new Error('Sonner adds its styles another way now: see adoptedStyles in build-steps.ts');
    return {
      code: code.replace(/head\.appendChild\(style\)\s*;style\.styleSheet \? .*/, `;${adoption}`),
      map: null,
    };
  },
});

/** Where the block ends that opens at `from`. */
const endOfBlock = (css: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new Error('The style sheet ends within a block.');
};

/** Unwraps the blocks that open with this text, or takes them out. */
export const withoutBlocks = (css: string, opening: string, isKept: boolean): string => {
  let text = css;
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at)) {
    const end = endOfBlock(text, at + opening.length - 1);
    text = text.slice(0, at) + (isKept ? text.slice(at + opening.length, end) : '') + text.slice(end + 1);
  }
  return text;
};

/**
 * Tailwind writes for browsers without `@property` and `color-mix` as well. None of those that the build is for
 * (`cssTarget`) lacks them, and it is a twentieth of the style sheet.
 */
export const forTheTargets = (): Plugin => ({
  name: 'for-the-targets',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
      const mixed = withoutBlocks(
        String(file.source),
        '@supports (color:color-mix(in lab, red, red)){',
        true,
      );
      file.source = withoutBlocks(mixed, '@layer properties{', false);
    }
  },
});
