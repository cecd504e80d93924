const AGAIN_MS = 1000;
const ATTEMPTS = 3;

const passes = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const isOnlineAgain = () =>
  new Promise<void>((resolve) => window.addEventListener('online', () => resolve(), { once: true }));

/**
 * Asks for a file again until it is there: after a moment, or when the connection is back. A lost one never
 * answers.
 */
export const fetchPart = async <T>(load: () => Promise<T>, onLost?: () => void): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch {
      if (!navigator.onLine) await isOnlineAgain();
      else if (attempt < ATTEMPTS) await passes(AGAIN_MS * attempt);
      else {
        onLost?.();
        return new Promise<never>(() => undefined);
      }
    }
  }
};
