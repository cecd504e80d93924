import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;
const thisMinute = () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

/** The minute that runs, in milliseconds since 1970. */
export const useMinute = (): number => {
  const [minute, setMinute] = useState(thisMinute);
  useEffect(() => {
    const timer = setInterval(() => setMinute(thisMinute()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  return minute;
};
