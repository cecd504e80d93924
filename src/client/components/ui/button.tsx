import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

/** For a link that looks like a button: `<Link className={buttonVariants({ variant: 'outline' })}>`. */
export const buttonVariants = cva(
  "inline-flex shrink-0 align-middle select-none items-center justify-center gap-1.5 whitespace-nowrap border font-medium transition-colors disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  {
    variants: {
      variant: {
        default: 'border-ink bg-ink text-paper [--busy:var(--paper)] not-disabled:hover:bg-ink/88',
        outline: 'border-line-2 bg-surface text-ink [--busy:var(--ink-2)] not-disabled:hover:bg-hover not-disabled:active:bg-press',
        ghost: 'border-transparent text-ink-2 [--busy:var(--ink-2)] not-disabled:hover:bg-press not-disabled:hover:text-ink',
        harm: 'border-harm bg-harm text-on-harm [--busy:var(--on-harm)] not-disabled:hover:bg-harm/88',
        quietHarm: 'border-transparent text-harm [--busy:var(--harm)] not-disabled:hover:bg-harm-wash',
        link: 'h-auto! border-transparent px-0! text-ink underline decoration-line-3 underline-offset-3 hover:decoration-current',
      },
      size: {
        default: 'h-8 rounded-lg px-3 text-sm',
        sm: 'h-6.5 rounded-md px-2 text-xs',
        icon: 'size-8 rounded-lg',
        iconSm: 'size-6.5 rounded-md',
      },
    },
    defaultVariants: { variant: 'default', size: 'default' },
  },
);

/** `isBusy` keeps the button's place and focus, and takes no second press. */
export const Button = ({
  className,
  variant,
  size,
  type = 'button',
  isBusy = false,
  onClick,
  ...props
}: ComponentProps<'button'> & VariantProps<typeof buttonVariants> & { isBusy?: boolean }) => (
  <button
    type={type}
    data-slot="button"
    data-busy={isBusy || undefined}
    aria-busy={isBusy || undefined}
    className={classes(buttonVariants({ variant, size }), className)}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
    {...props}
  />
);
