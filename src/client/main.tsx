import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { queryClient } from '#client/api/query-client.ts';
import { ErrorBoundary } from '#client/components/error-boundary.tsx';
import { useConsoleLocation } from '#client/lib/location.ts';
import { readFirstView } from './first-view.ts';
import { Routes } from './routes.tsx';

// The page's policy forbids eval. zod would try it once, and each try is reported: told so, it does not.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

void readFirstView().then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Router hook={useConsoleLocation}>
          <ErrorBoundary>
            <Routes />
          </ErrorBoundary>
        </Router>
      </QueryClientProvider>
    </StrictMode>,
  ),
);
