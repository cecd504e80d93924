import { createHash } from 'node:crypto';

const inlineScript = /<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g;

// Radix puts these two beside its lists, to hide a second scroll bar; they never vary.
const hidden = (viewport: string) =>
  `[${viewport}]{scrollbar-width:none;-ms-overflow-style:none;-webkit-overflow-scrolling:touch;}[${viewport}]::-webkit-scrollbar{display:none}`;
const inlineStyles = [hidden('data-radix-select-viewport'), hidden('data-radix-scroll-area-viewport')];

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * What the console's page and files say to the browser. Its own inline scripts run by their hash, and no
 * others.
 */
export const pageHeaders = (html: string, { https }: { https: boolean }): Record<string, string> => {
  const scripts = [...html.matchAll(inlineScript)].map(([, script = '']) => hashOf(script));
  const policy = [
    "default-src 'none'",
    ['script-src', "'self'", ...scripts].join(' '),
    ['style-src', "'self'", ...inlineStyles.map(hashOf)].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(https && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
};
