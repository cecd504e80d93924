import { useEffect, useEffectEvent, useState, type DragEvent } from 'react';
import { isWriting } from '#client/lib/keyboard.ts';

export type Take = (name: string, blob: Blob) => void;

export const PASTED = 'Pasted rows';
export const pastedFile = (text: string): Blob => new Blob([text], { type: 'text/csv' });

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/**
 * A whole page that takes a file which is dropped or pasted anywhere on it, and rows that are pasted. `isOver`
 * while a file is held above it.
 */
export const useDrop = (take: Take, isOff: boolean) => {
  const [isOver, setOver] = useState(false);
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isOff || isWriting(event.target)) return;
    const [pasted] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted !== undefined) take(pasted.name, pasted);
    else if (text.includes('\n')) take(PASTED, pastedFile(text));
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
  const onDragOver = (event: DragEvent) => {
    if (isOff || !hasFiles(event)) return;
    // Without this the browser would leave the page and show the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const handlers = {
    onDragEnter: onDragOver,
    onDragOver,
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const [dropped] = event.dataTransfer.files;
      if (!isOff && dropped !== undefined) take(dropped.name, dropped);
    },
  };
  return { isOver, handlers };
};
