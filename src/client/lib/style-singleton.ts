import { useEffect } from 'react';

/**
 * Stands in for the package react-style-singleton (see vite.config.ts), by which Radix stops the page behind
 * a dialog from scrolling. That adds a <style>, which our Content-Security-Policy refuses; a constructed
 * sheet it lets be.
 */
export const styleSingleton = () => {
  let users = 0;
  let sheet: CSSStyleSheet | undefined;

  const add = (styles: string) => {
    if (users++ > 0) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets.push(sheet);
  };
  const remove = () => {
    if (--users > 0) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };

  return function Sheet({ styles }: { styles: string }) {
    useEffect(() => {
      add(styles);
      return remove;
    }, [styles]);
    return null;
  };
};
