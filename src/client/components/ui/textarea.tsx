import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';
import { controlClass } from './input.tsx';

export const Textarea = ({ className, ...props }: ComponentProps<'textarea'>) => (
  <textarea data-slot="textarea" className={cn(controlClass, 'field-sizing-content min-h-18 px-2.5 py-1.5', className)} {...props} />
);
