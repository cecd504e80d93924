import { changedClass } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';

interface AddCallersProps {
  text: string;
  onText: (text: string) => void;
  room: number;
  isChanged: boolean;
  onAdd: () => void;
}

/** Callers typed or pasted, one a line; nothing of them is stored before the number is saved. */
export const AddCallers = ({ text, onText, room, isChanged, onAdd }: AddCallersProps) => {
  const count = text.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <div className="grid grid-cols-1 gap-2">
      <Textarea
        aria-label="Numbers to block"
        aria-describedby="blocked-how"
        value={text}
        rows={2}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        placeholder={'+14155552671, nuisance calls\n+4470*'}
        data-changed={isChanged || undefined}
        className={`max-h-48 min-h-14 font-mono text-xs ${changedClass}`}
        onChange={({ target }) => onText(target.value)}
      />
      <div className="flex items-start gap-3">
        <p id="blocked-how" className="min-w-0 flex-1 text-xs text-ink-3">
          One a line, as many as you like. A star blocks all that begin so; a reason may follow a comma.
        </p>
        <Button variant="outline" size="sm" disabled={count === 0 || room === 0} onClick={onAdd}>
          {count > 1 ? `Block ${count} callers` : 'Block'}
        </Button>
      </div>
    </div>
  );
};
