/** Leads to the refused rows: they stand below columns and choices, where nobody who looks at these sees them. */
export const showRefused = (): void => {
  const heading = document.getElementById('import-refused');
  heading?.scrollIntoView({ block: 'center' });
  heading?.focus({ preventScroll: true });
};
