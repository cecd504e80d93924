import { Button } from '#client/components/ui/button.tsx';

/** As much room as *Save view* takes, until it is known what is offered: what stands beside it does not move then. */
export const ViewMenuRoom = () => (
  <Button variant="ghost" size="sm" disabled aria-hidden="true" className="invisible max-sm:order-first">
    Save view
  </Button>
);
