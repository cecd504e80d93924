import type { Hono } from 'hono';

export const mountDocumentation = (_app: Hono): void => {};
