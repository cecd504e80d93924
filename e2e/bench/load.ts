import { Agent, request } from 'node:http';

/** One request of the load, made anew each time. */
export interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds that half, 95 % and 99 % of the answers took at most. */
  p50: number;
  p95: number;
  p99: number;
  answers: number;
}

const shoot = (url: URL, agent: Agent, { method, path, headers, body }: Shot): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Keeps `connections` busy for `ms`, or until `isOver`. Any answer that is no success ends it: a fast refusal is no throughput.
 */
export const load = async (
  target: string,
  connections: number,
  ms: number,
  next: () => Shot,
  isOver = () => false,
): Promise<LoadResult> => {
  const url = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + ms;
  const connection = async () => {
    while (performance.now() < endsAt && !isOver()) {
      const shot = next();
      const sentAt = performance.now();
      const status = await shoot(url, agent, shot);
      if (status < 200 || status > 299) throw new Error(`${shot.method} ${shot.path} answered ${status}`);
      took.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const lasted = performance.now() - startedAt;
  agent.destroy();
  took.sort((a, b) => a - b);
  return {
    perSecond: (took.length * 1000) / lasted,
    p50: at(took, 0.5),
    p95: at(took, 0.95),
    p99: at(took, 0.99),
    answers: took.length,
  };
};

export const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
