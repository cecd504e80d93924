import { readFileSync } from 'node:fs';
import { renderMarkdown, type Rendered } from './render-markdown.ts';

export interface Guide extends Rendered {
  /** Its file below guides/, and its path below /docs. */
  slug: string;
}

/** In the order of the navigation. */
const slugs = ['connections', 'operations', 'runtime', 'security'] as const;

/**
 * The guides, rendered. A build puts in place of this file what it exports (`renderedGuides` in
 * build-steps.ts): what is installed has neither the Markdown library nor the files.
 */
export const guides: readonly Guide[] = slugs.map((slug) => ({
  slug,
  ...renderMarkdown(readFileSync(new URL(`./guides/${slug}.md`, import.meta.url), 'utf8')),
}));
