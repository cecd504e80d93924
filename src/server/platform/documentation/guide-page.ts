import type { Guide } from './guides.ts';
import { html, Html } from './html.ts';
import { renderLayout } from './layout.ts';

/** One guide as a page. Its text was escaped when it was rendered. */
export const renderGuidePage = ({ slug, title, sections, html: text }: Guide): string =>
  renderLayout({
    title: `${title} · Cordboard`,
    path: `/docs/${slug}`,
    contents: html`<h2>On this page</h2>
      ${sections.map((section) => html`<a href="#${section.id}">${section.title}</a>`)}`,
    main: html`<article class="prose">${new Html(text)}</article>`,
  });
