import { lexer, parser, Renderer, type Tokens } from 'marked';
import { escape } from './html.ts';

export interface Rendered {
  title: string;
  /** The headings of the second level, for the page's contents. */
  sections: { id: string; title: string }[];
  html: string;
}

/** As code hosts make it, so that a link to a heading works in the file and on the page. */
export const headingId = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

// What is no guide lies in the repository, and is not served.
const servedAt = (href: string): string | null => {
  if (href.startsWith('#') || href.startsWith('https://')) return href;
  const [, name, heading = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return name === undefined ? null : `/docs/${name}${heading}`;
};

/** The promise: markup in the text stays text, and code and tables can be scrolled with the keyboard. */
class GuideRenderer extends Renderer {
  override heading({ tokens, depth, text }: Tokens.Heading): string {
    const words = this.parser.parseInline(tokens);
    if (depth === 1) return `<h1>${words}</h1>\n`;
    const id = headingId(text);
    return `<h${depth} id="${id}"><a href="#${id}">${words}</a></h${depth}>\n`;
  }

  override link({ href, tokens }: Tokens.Link): string {
    const words = this.parser.parseInline(tokens);
    const address = servedAt(href);
    return address === null ? words : `<a href="${escape(address)}">${words}</a>`;
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return escape(text);
  }

  override image({ text }: Tokens.Image): string {
    return escape(text);
  }

  override code({ text }: Tokens.Code): string {
    return `<pre tabindex="0"><code>${escape(text)}</code></pre>\n`;
  }

  override table(token: Tokens.Table): string {
    const label = escape(token.header.map(({ text }) => text).join(', '));
    return `<div class="scroll" tabindex="0" role="region" aria-label="${label}">${super.table(token)}</div>\n`;
  }
}

export const renderMarkdown = (markdown: string): Rendered => {
  const tokens = lexer(markdown);
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading');
  const ids = headings.map(({ text }) => headingId(text));
  if (new Set(ids).size < ids.length) throw new Error(`Two headings have one name: ${ids.join(', ')}`);
  return {
    title: headings.find(({ depth }) => depth === 1)?.text ?? '',
    sections: headings
      .filter(({ depth }) => depth === 2)
      .map(({ text }) => ({ id: headingId(text), title: text })),
    html: parser(tokens, { renderer: new GuideRenderer() }),
  };
};
