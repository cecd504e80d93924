import { useState } from 'react';
import type { LinkDetail } from '#contract/connections/links.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { exactTime } from '#client/lib/words/format.ts';
import type { LinkActing } from './use-link-acting.ts';

interface Props {
  images: LinkDetail['before_images'];
  name: string;
  acting: LinkActing | null;
}

/** What the platform had before each of the last writes, and the way back to it. */
export const BeforeImages = ({ images, name, acting }: Props) => {
  const [asked, setAsked] = useState<LinkDetail['before_images'][number] | null>(null);
  if (images.length === 0) return null;
  return (
    <section aria-label={`Before each write to ${name}`}>
      <h3 className="mb-1 text-sm font-semibold">
        Before each write to <bdi>{name}</bdi>
      </h3>
      <ul>
        {images.map((image) => (
          <li key={image.before_image_id} className="flex min-h-9 items-center gap-2">
            <span className="mr-auto">
              {exactTime(image.taken_at)}{' '}
              <span className="text-ink-3">
                <RelativeTime at={image.taken_at} />
              </span>
            </span>
            {acting && (
              <Button
                size="sm"
                variant="outline"
                aria-label={`Restore what was there before ${exactTime(image.taken_at)}`}
                isBusy={acting.acting === `restore ${image.before_image_id}`}
                onClick={() => setAsked(image)}
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && acting && (
        <ConfirmDialog
          title="Restore what was there?"
          verb="Restore"
          isHarm={false}
          run={() => Promise.resolve(acting.restore(asked.before_image_id))}
          onClose={() => setAsked(null)}
        >
          The number gets what {name} had before the write of {exactTime(asked.taken_at)}, and that is sent.
          What is here now stays in its history.
        </ConfirmDialog>
      )}
    </section>
  );
};
