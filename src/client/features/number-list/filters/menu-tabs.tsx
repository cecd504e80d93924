import { Button } from '#client/components/ui/button.tsx';

interface MenuTabsProps<T extends string> {
  label: string;
  tabs: Readonly<Record<T, string>>;
  chosen: T;
  onChoose: (tab: T) => void;
}

/** What the choices below are about, in the head of a filter's menu. */
export const MenuTabs = <T extends string>({ label, tabs, chosen, onChoose }: MenuTabsProps<T>) => (
  <fieldset aria-label={label} className="flex gap-1 border-b p-1.25">
    {(Object.keys(tabs) as T[]).map((tab) => (
      <Button
        key={tab}
        size="sm"
        variant="ghost"
        aria-pressed={tab === chosen}
        className="aria-pressed:bg-press aria-pressed:text-ink"
        onClick={() => onChoose(tab)}
      >
        {tabs[tab]}
      </Button>
    ))}
  </fieldset>
);
