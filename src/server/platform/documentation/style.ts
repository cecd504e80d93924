/**
 * The look of /docs: the console's own tokens, light and dark by the system's wish. Served as a file, as the
 * policy asks.
 */
export const style = `
@font-face { font-family: Geist; src: url(/docs/geist.woff2) format("woff2"); font-weight: 100 900; font-display: swap; }
@font-face { font-family: "Geist Mono"; src: url(/docs/geist-mono.woff2) format("woff2"); font-weight: 100 900; font-display: swap; }
:root {
  color-scheme: light dark;
  --paper: oklch(0.982 0.004 85); --surface: oklch(0.998 0.001 85); --press: oklch(0.94 0.008 80);
  --ink: oklch(0.235 0.012 65); --ink-2: oklch(0.455 0.014 65); --ink-3: oklch(0.522 0.014 65);
  --line: oklch(0.918 0.006 80); --line-2: oklch(0.85 0.009 80);
  --cord: oklch(0.72 0.155 62); --cord-ink: oklch(0.5 0.125 55); --cord-wash: oklch(0.955 0.035 75);
  --get: oklch(0.5 0.1 250); --post: oklch(0.5 0.11 165); --patch: oklch(0.5 0.125 55); --delete: oklch(0.54 0.19 27);
  --ring: oklch(0.62 0.15 58);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(0.172 0.007 65); --surface: oklch(0.198 0.007 65); --press: oklch(0.262 0.009 65);
    --ink: oklch(0.935 0.007 85); --ink-2: oklch(0.735 0.011 80); --ink-3: oklch(0.655 0.012 75);
    --line: oklch(0.272 0.008 65); --line-2: oklch(0.35 0.01 65);
    --cord: oklch(0.79 0.14 68); --cord-ink: oklch(0.83 0.12 72); --cord-wash: oklch(0.285 0.04 65);
    --get: oklch(0.76 0.09 250); --post: oklch(0.77 0.1 165); --patch: oklch(0.83 0.12 72); --delete: oklch(0.72 0.16 25);
    --ring: oklch(0.79 0.14 68);
  }
}
* { box-sizing: border-box; margin: 0; }
html { scroll-padding-top: 24px; }
body {
  display: grid; grid-template-columns: 264px minmax(0, 1fr); background: var(--surface); color: var(--ink);
  font: 400 14px/22px Geist, system-ui, sans-serif; -webkit-font-smoothing: antialiased;
}
a { color: inherit; text-underline-offset: 3px; text-decoration-color: var(--line-2); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; border-radius: 4px; }
code, pre { font-family: "Geist Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 12.5px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 12px; background: var(--ink); color: var(--paper); padding: 4px 12px; border-radius: 7px; z-index: 1; }

nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 16px 12px 40px; background: var(--paper); border-right: 1px solid var(--line); }
nav a { display: grid; grid-template-columns: 54px 1fr; align-items: baseline; padding: 4px 8px; border-radius: 6px; color: var(--ink-2); text-decoration: none; line-height: 18px; font-size: 13px; }
nav a:not(:has(.method)) { display: block; }
nav a:hover { background: var(--press); color: var(--ink); }
nav a[aria-current] { background: var(--press); color: var(--ink); font-weight: 500; }
nav h2 { font-size: 12px; font-weight: 500; color: var(--ink-3); padding: 20px 8px 4px; line-height: 18px; }
nav a.brand { display: flex; gap: 9px; align-items: center; font-weight: 600; font-size: 15px; letter-spacing: -0.015em; color: var(--ink); }
.cord { stroke: var(--cord); }

main { padding: 40px 48px 120px; max-width: 1200px; }
h1 { font-size: 28px; line-height: 34px; font-weight: 600; letter-spacing: -0.025em; }
header p { margin-top: 8px; color: var(--ink-2); font-size: 15px; }
.guide { margin-top: 36px; max-width: 68ch; }
.guide h2 { font-size: 17px; font-weight: 600; letter-spacing: -0.015em; }
.guide p { margin-top: 8px; color: var(--ink-2); }
.guide code, .fields p code, .access code, .words > p:not(.codes) code { background: var(--press); border-radius: 4px; padding: 1px 5px; }
.tag { margin-top: 72px; padding-bottom: 12px; border-bottom: 1px solid var(--line-2); font-size: 20px; line-height: 26px; font-weight: 600; letter-spacing: -0.02em; }

.endpoint { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 12px 48px; padding: 32px 0; border-bottom: 1px solid var(--line); }
.endpoint h3 { font-size: 16px; line-height: 24px; font-weight: 600; letter-spacing: -0.01em; }
.endpoint h3 a { text-decoration: none; }
.endpoint h3 a:hover { text-decoration: underline; }
h4 { margin-top: 22px; font-size: 12px; line-height: 18px; font-weight: 500; color: var(--ink-3); }
.example { position: sticky; top: 24px; align-self: start; min-width: 0; }
.example h4:first-child { margin-top: 2px; }
.line { margin-top: 6px; overflow-wrap: anywhere; }
.line i { color: var(--cord-ink); font-style: normal; }
.words > .line:not(.codes) code { background: none; padding: 0; font-size: 13px; }
.access { margin-top: 8px; color: var(--ink-2); }
.method { font: 600 11px/18px "Geist Mono", ui-monospace, monospace; letter-spacing: 0.02em; }
.get { color: var(--get); } .post { color: var(--post); } .patch, .put { color: var(--patch); } .delete { color: var(--delete); }
.status { font-variant-numeric: tabular-nums; color: var(--ink-3); }
pre { margin-top: 6px; padding: 14px 16px; overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; line-height: 19px; }
.example > p { margin-top: 6px; color: var(--ink-2); }

.fields { margin-top: 4px; }
.field { display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 13fr); gap: 0 16px; padding: 8px 0; border-top: 1px solid var(--line); }
.field:first-child { border-top: 0; }
dt { overflow-wrap: anywhere; }
dt code { font-weight: 500; }
.must { margin-left: 8px; font-size: 12px; color: var(--cord-ink); white-space: nowrap; }
.kind { color: var(--ink-3); font-size: 13px; overflow-wrap: anywhere; }
.field p { color: var(--ink-2); font-size: 13px; line-height: 20px; }
.field .limits { color: var(--ink-3); }
.codes { margin-top: 4px; line-height: 24px; }
.codes a { margin-right: 10px; white-space: nowrap; color: var(--ink-2); }

.scroll { overflow-x: auto; }
table { width: 100%; margin-top: 8px; border-collapse: collapse; }
th { text-align: left; font-size: 12px; font-weight: 500; color: var(--ink-3); }
th, td { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
tr:target { background: var(--cord-wash); box-shadow: -12px 0 0 var(--cord-wash); }
td a { text-decoration: none; }
details { margin-top: 6px; border: 1px solid var(--line); border-radius: 10px; padding: 0 14px; }
summary { cursor: pointer; font: 500 13px/38px "Geist Mono", ui-monospace, monospace; }
details[open] summary { border-bottom: 1px solid var(--line); }
.shape { padding: 28px 0 8px; max-width: 76ch; }
.shape h3 { font: 600 14px/22px "Geist Mono", ui-monospace, monospace; }
.shape h3 a { text-decoration: none; }
.shape:target h3 { box-shadow: -12px 0 0 var(--surface), -14px 0 0 var(--cord); }
.shape > p { margin-top: 4px; color: var(--ink-2); }

.prose { max-width: 76ch; }
.prose h2 { margin-top: 44px; padding-top: 18px; border-top: 1px solid var(--line); font-size: 19px; line-height: 26px; font-weight: 600; letter-spacing: -0.02em; }
.prose h3 { margin-top: 26px; font-size: 15px; line-height: 22px; font-weight: 600; letter-spacing: -0.01em; }
.prose h2 a, .prose h3 a { text-decoration: none; }
.prose h2 a:hover, .prose h3 a:hover { text-decoration: underline; }
.prose p, .prose ul, .prose ol { margin-top: 10px; color: var(--ink-2); }
.prose ul, .prose ol { padding-left: 22px; }
.prose li { margin-top: 6px; }
.prose li > p { margin-top: 0; }
.prose strong { color: var(--ink); font-weight: 600; }
.prose :not(pre) > code { background: var(--press); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
.prose pre { margin-top: 14px; }
.prose .scroll { margin-top: 14px; }
.prose table { margin-top: 0; }
.prose td { color: var(--ink-2); }
.prose td:not(:last-child) code { white-space: nowrap; }

@media (max-width: 1080px) {
  .endpoint { grid-template-columns: minmax(0, 1fr); }
  .example { position: static; }
}
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 44vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 24px 16px 80px; }
  .field { grid-template-columns: minmax(0, 1fr); }
  .prose td:first-child { min-width: 21ch; }
  .prose td:last-child { min-width: 24ch; }
  .prose td:first-child code { white-space: normal; }
}
`;
