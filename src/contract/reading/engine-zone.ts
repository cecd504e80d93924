/**
 * Zones are stored under the names of today, and an engine may be older than some of them (Node 20 with the
 * zones of its system, a browser of last year). These are then asked for by an older name that tells the same
 * time.
 */
const olderNames: Readonly<Record<string, string>> = {
  'America/Ciudad_Juarez': 'America/Denver',
  'America/Coyhaique': 'America/Punta_Arenas',
  'America/Nuuk': 'America/Godthab',
  'Asia/Qostanay': 'Asia/Almaty',
  'Europe/Kyiv': 'Europe/Kiev',
  'Pacific/Kanton': 'Pacific/Enderbury',
};

const isAccepted = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * The name by which an engine that accepts certain names knows a zone; undefined where it cannot tell the
 * time there.
 */
export const chooseName = (name: string, accepts: (name: string) => boolean): string | undefined =>
  [name, olderNames[name]].find((each) => each !== undefined && accepts(each));

// More than there are zones: bounds the memory whatever is asked.
const MAX_KNOWN = 1000;
const known = new Map<string, string>();

/** The same of this engine. */
export const findEngineZone = (name: string): string | undefined => {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const found = chooseName(name, isAccepted);
  if (known.size >= MAX_KNOWN) known.clear();
  if (found !== undefined) known.set(name, found);
  return found;
};

/** What Intl is given, which throws a RangeError for what it does not know. */
export const engineZone = (name: string): string => findEngineZone(name) ?? name;
