import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';

/** The room of what is to come. */
export const StripRoom = ({ links }: Pick<PhoneNumber, 'links'>) => (
  <div className="shrink-0 border-b bg-paper">
    {links.map(({ role }) => (
      <div key={role} className="h-14" />
    ))}
  </div>
);
