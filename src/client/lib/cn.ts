import { clsx, type ClassValue } from 'clsx';
import { twMerge } from 'tailwind-merge';

/**
 * Joins class names, the later of two conflicting ones winning, as shadcn components expect.
 * It weighs 8 kB: what the first view draws uses `classes` instead.
 */
export const cn = (...inputs: ClassValue[]) => twMerge(clsx(inputs));
