import { ButtonRoom } from '#client/components/button-room.tsx';

/** In a row that scrolls they stand before the filters, where they are seen. */
export const narrowClass = 'max-sm:order-first';

/** Until it is known what may be done with the filters. */
export const ViewMenuRoom = () => (
  <ButtonRoom variant="ghost" size="sm" className={narrowClass}>
    Save view
  </ButtonRoom>
);
