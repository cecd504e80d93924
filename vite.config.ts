import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Two builds from one file: `vite build` makes the console, `vite build --ssr` bundles the server that serves it.
export default defineConfig(({ isSsrBuild }) => ({
  plugins: isSsrBuild ? [] : [react(), tailwindcss()],
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        target: 'node20',
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            main: 'src/server/main.ts',
            'embedded-process': 'src/server/db/embedded-process.ts',
            cli: 'src/server/cli/main.ts',
          },
          output: { entryFileNames: '[name].js' },
        },
      }
    : { outDir: 'dist/client', target: 'es2022', sourcemap: 'hidden', manifest: true },
  server: { proxy: { '^/(v1|v2|openapi.json|docs|healthz|readyz)': 'http://127.0.0.1:4780' } },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    pool: 'forks',
    // One embedded database a worker costs 2 s to start: files share it, and each test starts from empty tables.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
}));
