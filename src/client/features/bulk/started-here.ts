const started = new Set<string>();

/** A job was started in this tab: its end is to be told here. */
export const noteStarted = (id: string): void => void started.add(id);

/** The jobs started here since this was last asked. */
export const takeStarted = (): string[] => {
  const ids = [...started];
  started.clear();
  return ids;
};
