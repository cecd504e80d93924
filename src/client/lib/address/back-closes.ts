import { useEffectEvent, useLayoutEffect } from 'react';
import { wayHere } from './in-address.ts';
import { goBack, goTo, here, stepsGone } from '#client/lib/location.ts';
import { newKey } from '#client/lib/new-key.ts';

/*
 * What lies over a page, and is not in its address, takes a place of its own in the tab's history: Back closes
 * it, and not the page beneath.
 */

interface Layer {
  id: string;
  close: () => void;
}

const layers: Layer[] = [];
const layerHere = () => (history.state as { layer?: string } | null)?.layer;
let isListening = false;

const takePlace = (layer: string) =>
  goTo(here(), { state: { ...wayHere(), layer, depth: (wayHere()?.depth ?? 0) + 1 } });

const onPopState = () => {
  const [top, isBack] = [layers.at(-1), stepsGone < 0];
  if (top !== undefined && isBack && layerHere() !== top.id) {
    // It may ask before it closes, and stay: its place is taken again, until it has gone.
    takePlace(top.id);
    top.close();
  } else if (layerHere() !== undefined && !layers.some(({ id }) => id === layerHere()))
    // What was closed by going elsewhere has left its place behind: it is passed over.
    history.go(isBack ? -1 : 1);
};

/** While it is drawn, Back closes it, as Escape does. */
export const useBackCloses = (close: () => void): void => {
  const onBack = useEffectEvent(close);
  useLayoutEffect(() => {
    if (!isListening) window.addEventListener('popstate', onPopState);
    isListening = true;
    const layer = { id: newKey(), close: () => onBack() };
    layers.push(layer);
    takePlace(layer.id);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      // Closed by going elsewhere, it leaves its place where it is. Else the step is taken with what is seen to close: a
      // task later it would break off a page that is opened by its address meanwhile.
      queueMicrotask(() => (layerHere() === layer.id ? goBack() : undefined));
    };
  }, []);
};
