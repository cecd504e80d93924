import { guides } from './guides.ts';
import { html, type Html } from './html.ts';

export interface Page {
  title: string;
  /** Its own path. */
  path: string;
  /** Links to its own parts. */
  contents: Html;
  main: Html;
}

const mark = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
  <circle cx="4" cy="5" r="2.2" fill="currentColor" />
  <circle cx="16" cy="15" r="2.2" fill="currentColor" />
  <path class="cord" d="M4 5c0 9 12 1 12 10" fill="none" stroke-width="2" />
</svg>`;

/** Every page there is, by its path. */
export const pages: readonly { path: string; title: string }[] = [
  ...guides.map(({ slug, title }) => ({ path: `/docs/${slug}`, title })),
  { path: '/docs', title: 'API reference' },
];

const pageLink = (path: string, title: string, isCurrent: boolean) =>
  isCurrent ? html`<a href="${path}" aria-current="page">${title}</a>` : html`<a href="${path}">${title}</a>`;

/** What every page of the documentation has around itself: the head, and the way to the others. No script. */
export const renderLayout = ({ title, path, contents, main }: Page): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Documentation">
          <a class="brand" href="/">${mark} Cordboard</a>
          <h2>Documentation</h2>
          ${pages.map((page) => pageLink(page.path, page.title, page.path === path))} ${contents}
        </nav>
        <main id="content">${main}</main>
      </body>
    </html>`.text;
