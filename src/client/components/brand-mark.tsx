/** Two jacks and the cord between them. */
export const BrandMark = ({ className = 'size-5' }: { className?: string }) => (
  <svg viewBox="0 0 20 20" className={className} aria-hidden="true">
    <path d="M4 5c0 9 12 1 12 10" className="fill-none stroke-cord stroke-2" />
    <circle cx="4" cy="5" r="2.2" fill="currentColor" />
    <circle cx="16" cy="15" r="2.2" fill="currentColor" />
  </svg>
);
