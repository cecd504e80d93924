import { useCallback, useEffect, useRef, useState } from 'react';

export interface ShownSecret {
  value: string;
  hide_after_seconds: number;
}

/**
 * A secret that is on the screen for a while. It lives in this component and nowhere else, and goes when its
 * time is up, when the window is left or hidden, and with the component.
 */
export const useShownSecret = () => {
  const [shown, setShown] = useState<(ShownSecret & { until: number }) | null>(null);
  const [secondsLeft, setSecondsLeft] = useState(0);
  const isGone = useRef(false);
  const hide = useCallback(() => setShown(null), []);

  useEffect(() => {
    isGone.current = false;
    return () => void (isGone.current = true);
  }, []);

  useEffect(() => {
    if (shown === null) return;
    const tick = () => {
      const left = Math.ceil((shown.until - Date.now()) / 1000);
      setSecondsLeft(left);
      if (left <= 0) hide();
    };
    const onVisibility = () => (document.hidden ? hide() : undefined);
    const timer = setInterval(tick, 250);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearInterval(timer);
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [shown, hide]);

  const show = useCallback((secret: ShownSecret) => {
    // The answer may come when the window or the sheet has been left already.
    if (isGone.current || document.hidden) return;
    setSecondsLeft(secret.hide_after_seconds);
    setShown({ ...secret, until: Date.now() + secret.hide_after_seconds * 1000 });
  }, []);

  return { shown, secondsLeft, show, hide };
};
