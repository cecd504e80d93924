import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '#client/components/page.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { useDrop, type Take } from './file/use-drop.ts';

const steps = ['File', 'Columns and check', 'Import'] as const;

const Steps = ({ step }: { step: (typeof steps)[number] }) => (
  <ol aria-label="Steps" className="flex gap-x-2 text-ink-3 max-md:hidden">
    {steps.map((each, at) => (
      <li
        key={each}
        aria-current={each === step ? 'step' : undefined}
        className={each === step ? 'font-medium text-ink' : undefined}
      >
        {at > 0 && (
          <span aria-hidden="true" className="mr-2 font-normal text-ink-3">
            ·
          </span>
        )}
        {at + 1} {each}
      </li>
    ))}
  </ol>
);

interface Props {
  step: (typeof steps)[number];
  /** What a dropped file is handed to. */
  onTake: Take;
  /** While one is being sent, or was imported, no other is taken. */
  isOff: boolean;
  action?: ReactNode;
  children: (isOver: boolean) => ReactNode;
}

/** The page around each step of an import; a file can be dropped anywhere on it. */
export const ImportFrame = ({ step, onTake, isOff, action, children }: Props) => {
  const { isOver, handlers } = useDrop(onTake, isOff);
  return (
    <Page
      title="Import numbers"
      tools={<Steps step={step} />}
      action={
        <>
          {step !== 'Import' && !isOff && (
            <Link href="/numbers" className={buttonVariants({ variant: 'outline' })}>
              Cancel
            </Link>
          )}
          {action}
        </>
      }
    >
      <div {...handlers} className="grid min-h-full grid-cols-[minmax(0,1fr)] content-start gap-6 px-4 py-5">
        {children(isOver)}
      </div>
    </Page>
  );
};
