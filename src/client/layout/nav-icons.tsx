import type { ReactNode } from 'react';

const Icon = ({ children }: { children: ReactNode }) => (
  <svg
    viewBox="0 0 16 16"
    className="size-4 shrink-0 fill-none stroke-current stroke-[1.5]"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const navIcons = {
  numbers: (
    <Icon>
      <path d="M6 2 5 14M11 2l-1 12M2.5 5.5h11M2 10.5h11" />
    </Icon>
  ),
  agents: (
    <Icon>
      <circle cx="8" cy="5.5" r="2.8" />
      <path d="M2.8 14c.6-3 2.6-4.3 5.2-4.3s4.6 1.3 5.2 4.3" />
    </Icon>
  ),
  businessHours: (
    <Icon>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.5" />
    </Icon>
  ),
  findings: (
    <Icon>
      <path d="M8 2.2 14.2 13H1.8zM8 6.2v3.3M8 11.4v.1" />
    </Icon>
  ),
  connections: (
    <Icon>
      <path d="M5 11 11 5M3.5 8.5l2-2M10.5 9.5l2-2" />
    </Icon>
  ),
  jobs: (
    <Icon>
      <path d="M2.5 4h11M2.5 8h8M2.5 12h5" />
    </Icon>
  ),
  activity: (
    <Icon>
      <path d="M2 8h3l2-5 3 10 2-5h2" />
    </Icon>
  ),
  settings: (
    <Icon>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4" />
    </Icon>
  ),
};
