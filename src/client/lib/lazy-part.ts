import { lazy } from 'react';
import { fetchPart } from './fetch-part.ts';
import { toast } from './toast.ts';

// A console left open over a release asks for files that are gone; only a new page knows the new names.
const sayItIsLost = () =>
  toast({
    tone: 'harm',
    message:
      'This part of the page could not be loaded. Cordboard may have been updated: save what you have typed, then load the page anew.',
    action: { label: 'Load anew', run: () => location.reload() },
  });

/**
 * `lazy` for what opens over a screen: when its file cannot be had, the screen stays, and with it all that is
 * typed there.
 */
export const lazyPart: typeof lazy = (load) => lazy(() => fetchPart(load, sayItIsLost));

/** The same for what the first view does without: it needs the connection more for so long. */
export const lazyLater = (ms: number, load: Parameters<typeof lazy>[0]) =>
  lazyPart(async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return load();
  });
