const FLASH_MS = 180;

/** Lights up the row of a number that was just saved. It explains, so it is the one motion of the list. */
export const flashRow = (id: string) => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const row = document.querySelector(`[role=row][data-key="${CSS.escape(id)}"]`);
  row?.animate(
    [{ backgroundColor: 'var(--cord-wash)' }, { backgroundColor: 'var(--cord-wash)', offset: 0.6 }, {}],
    { duration: FLASH_MS },
  );
};
