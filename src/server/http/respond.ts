import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESS_FROM_BYTES = 1400;
const brotli = promisify(brotliCompress);
const gzipAsync = promisify(gzip);
// A quality that costs less than the bytes it saves; static files are packed tighter at build time.
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** A JSON answer, never cached, compressed where the caller takes it and it pays. */
export const respondJson = async (
  request: Request,
  status: number,
  value: unknown,
  headers: Headers,
  type = 'application/json',
): Promise<Response> => {
  headers.set('content-type', type);
  headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
  const text = JSON.stringify(value);
  const accepted = request.headers.get('accept-encoding') ?? '';
  if (text.length < COMPRESS_FROM_BYTES || !/\b(?:br|gzip)\b/.test(accepted)) return new Response(text, { status, headers });
  headers.set('vary', 'accept-encoding');
  const useBrotli = /\bbr\b/.test(accepted);
  headers.set('content-encoding', useBrotli ? 'br' : 'gzip');
  return new Response(useBrotli ? await brotli(text, brotliOptions) : await gzipAsync(text), { status, headers });
};
