/* JSON pointers (RFC 6901): how problems and findings name the place of what they are about. */

const escape = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** `pointerTo('labels', 2)` is `/labels/2`. */
export const pointerTo = (...path: readonly PropertyKey[]): string =>
  path.map((part) => `/${escape(part)}`).join('');

/** `['labels', '2']` of `/labels/2`. */
export const partsOfPointer = (pointer: string): string[] => pointer.split('/').slice(1).map(unescape);
