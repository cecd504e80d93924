import { useQuery } from '@tanstack/react-query';
import { lookOf } from '#contract/reading/text.ts';
import { quoted } from '#client/features/bulk/patch-title.ts';
import { findLabels } from '#client/features/labels/queries.ts';

const SUGGESTED = 3;
const BEGINNING = 2;

interface Unknown {
  label: string;
  /** Those that it may be meant for. */
  near: string[];
}

/** Null where a number carries it. */
const lookUp = async (label: string, signal: AbortSignal): Promise<Unknown | null> => {
  const found = (await findLabels({ q: label }, signal)).labels;
  if (found.some((other) => lookOf(other.label) === lookOf(label))) return null;
  const beginning = Array.from(label).slice(0, BEGINNING).join('');
  const { labels } = found.length > 0 ? { labels: found } : await findLabels({ q: beginning }, signal);
  return { label, near: labels.slice(0, SUGGESTED).map((other) => other.label) };
};

const wordsOf = ({ label, near }: Unknown) =>
  `No number carries ${quoted(label)}.${near.length > 0 ? ` There is ${near.map(quoted).join(', ')}.` : ''}`;

/** Of labels that are to be removed, those that no number has, and what may have been meant. */
export const UnknownLabels = ({ labels }: { labels: readonly string[] }) => {
  const { data } = useQuery({
    queryKey: ['labels', 'unknown', labels],
    queryFn: async ({ signal }) =>
      (await Promise.all(labels.map((label) => lookUp(label, signal)))).filter((found) => found !== null),
    enabled: labels.length > 0,
    staleTime: 0,
    gcTime: 10_000,
  });
  return <output className="text-warn wrap-anywhere">{data?.map(wordsOf).join(' ')}</output>;
};
