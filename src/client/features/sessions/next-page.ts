/** Where to go after signing in: only ever a path of this console, whatever the link says. */
export const nextPage = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? '';
  if (
    !next.startsWith('/') ||
    /^\/[/\\]|[\p{Cc}\\]/u.test(next) ||
    /^\/(?:sign-in|set-up)(?:[/?#]|$)/.test(next)
  )
    return '/numbers';
  // `/.//host` is a path here, but one that the next script to use it would take for another site.
  return new URL(next, 'https://console.invalid').pathname.startsWith('//') ? '/numbers' : next;
};
