import type { Config } from '#server/config.ts';
import { good, warning, type Finding } from './finding.ts';

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Whether browsers reach the server safely, as far as its own configuration tells. */
export const examineProxy = ({ publicUrl, trustedProxies, host }: Config): Finding => {
  const what = 'proxy';
  if (publicUrl === null) {
    if (isLoopback(host))
      return good(
        what,
        `only this machine reaches ${host}; behind a proxy on it, set CORDBOARD_TRUSTED_PROXY=1`,
      );
    return warning(
      what,
      `${host} is reached from other machines over plain HTTP`,
      'Put a proxy with TLS in front, set CORDBOARD_PUBLIC_URL=https://… and CORDBOARD_TRUSTED_PROXY=1.',
    );
  }
  if (publicUrl.protocol !== 'https:')
    return warning(
      what,
      `${publicUrl.origin} is not encrypted: passwords and cookies travel in clear`,
      'Serve it by https, and say so in CORDBOARD_PUBLIC_URL.',
    );
  if (trustedProxies === 0)
    return warning(
      what,
      `${publicUrl.origin} comes through a proxy that is not trusted: every sign-in seems to come from its address`,
      'Set CORDBOARD_TRUSTED_PROXY to how many proxies append to X-Forwarded-For, mostly 1.',
    );
  return good(what, `${publicUrl.origin}, behind ${trustedProxies}`);
};
