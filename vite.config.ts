import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { adoptedStyles, copied, forTheTargets, packed, renderedGuides } from './src/build-steps.ts';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const font = (name: string) =>
  copied(
    `node_modules/@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`,
    `dist/server/fonts/${name}-latin-wght-normal.woff2`,
  );

// Two builds from one file: `vite build` makes the console, `vite build --ssr` bundles the server that serves it.
export default defineConfig(({ isSsrBuild }) => ({
  plugins: isSsrBuild
    ? [
        renderedGuides(),
        copied('src/server/platform/db/migrate/migrations', 'dist/server/migrations'),
        font('geist'),
        font('geist-mono'),
      ]
    : [react(), tailwindcss(), adoptedStyles(), forTheTargets(), packed('dist/client')],
  resolve: isSsrBuild
    ? {}
    : { alias: { 'react-style-singleton': fromHere('./src/client/lib/style-singleton.ts') } },
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        target: 'node20',
        copyPublicDir: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            main: 'src/server/main.ts',
            'embedded-process': 'src/server/platform/db/embedded/embedded-process.ts',
            cli: 'src/server/cli/main.ts',
          },
          // All in one folder: each finds the migrations and the embedded database's process beside itself.
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      }
    : {
        outDir: 'dist/client',
        target: 'es2022',
        // What Tailwind 4 itself asks for: older colours beside the newer ones would be a tenth of the style sheet.
        cssTarget: ['chrome111', 'edge111', 'firefox128', 'safari16.4'],
        sourcemap: 'hidden',
        manifest: true,
        modulePreload: { polyfill: false },
        // One file for the first view: the bundler would cut it into one for each set of screens that share something.
        rolldownOptions: {
          output: {
            // Each name stands in the first view as well, which can load any of them.
            chunkFileNames: 'assets/[hash:7].js',
            codeSplitting: { groups: [{ name: 'first-view', tags: ['$initial'] }] },
          },
        },
      },
  server: { proxy: { '^/(v1|v2|openapi.json|docs|healthz|readyz)': 'http://127.0.0.1:4780' } },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    globalSetup: 'src/server/testing/global-set-up.ts',
    // A PostgreSQL server to run the same tests on, instead of the embedded database.
    provide: {
      testServerUrl: process.env['CORDBOARD_TEST_DATABASE_URL'] ?? '',
      testDatabasePrefix: '',
      testServerRole: '',
    },
    pool: 'forks',
    // One embedded database a worker costs 2 s to start: files share it, and each test starts from empty tables.
    isolate: false,
    // Two cores: a third works while two wait for their database.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}));
