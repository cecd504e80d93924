import { useQuery } from '@tanstack/react-query';
import { TagIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { MAX_LABEL } from '#contract/numbers/limits.ts';
import { call } from '#client/api/call.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { findingKinds } from '#client/features/findings/questions.ts';
import { hrefOfView, useViews } from '#client/features/views/queries.ts';
import { findLabels } from '#client/features/labels/queries.ts';
import { matches } from '#client/lib/matches.ts';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { countryName, formatCount, plural } from '#client/lib/words/format.ts';
import { navIcons } from './nav-icons.tsx';

const AGENTS_SHOWN = 5;
const NUMBERS_SHOWN = 6;
const HOURS_SHOWN = 5;
const VIEWS_SHOWN = 5;
const LABELS_SHOWN = 5;
const REST_MS = 120;

/** One line of the palette. */
export interface Entry {
  id: string;
  name: string;
  icon: ReactNode;
  note?: string;
  run: () => void;
}

const useNumbersFound = (q: string) => {
  const asked = useDebounced(q, REST_MS);
  const found = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) =>
      call('GET /v1/phone-numbers', {
        query: { q: asked, page_size: NUMBERS_SHOWN, include: 'total' },
        signal,
      }),
    enabled: asked !== '',
    placeholderData: (before) => (asked === '' ? undefined : before),
    gcTime: 30_000,
  });
  return { ...found, isOld: asked !== q || found.isPlaceholderData };
};

/** The first numbers that match, and the way to all of them. */
export const useNumberEntries = (q: string) => {
  const [, go] = useLocation();
  const { data, isFetching, isError, isOld } = useNumbersFound(q);
  const found = q === '' ? undefined : data;
  const entries = (found?.phone_numbers ?? []).map(
    ({ _id, phone_number_international, friendly_name, country }): Entry => ({
      id: `number-${_id}`,
      name: phone_number_international,
      icon: navIcons.numbers,
      note: friendly_name ?? (country === null ? undefined : countryName(country)),
      run: () => go(`/numbers/${encodeURIComponent(_id)}`),
    }),
  );
  const total = found?.total_count ?? 0;
  if (total > entries.length && entries.length > 0)
    entries.push({
      id: 'all-numbers',
      name: `All ${found?.total_is_exact === false ? 'about ' : ''}${formatCount(total)} results`,
      icon: navIcons.numbers,
      run: () => go(`/numbers?q=${encodeURIComponent(q)}`),
    });
  /** `isOld`: they were found for other letters. */
  return { entries, isFetching, isError, isOld };
};

/** Labels that numbers carry, each the way to those numbers. */
export const useLabelEntries = (q: string) => {
  const [, go] = useLocation();
  const asked = useDebounced(q, REST_MS);
  // No label is longer than that.
  const isWanted = q !== '' && q.length <= MAX_LABEL;
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['palette', 'labels', asked],
    queryFn: ({ signal }) => findLabels({ q: asked, page_size: LABELS_SHOWN }, signal),
    enabled: isWanted && asked !== '',
    placeholderData: (before) => (asked === '' ? undefined : before),
    gcTime: 30_000,
  });
  const found = isWanted ? data : undefined;
  const entries = (found?.labels ?? []).map(({ label, count }): Entry => ({
    id: `label-${label}`,
    name: label,
    icon: <TagIcon aria-hidden="true" />,
    note: `on ${plural(count, 'number')}`,
    run: () => go(`/numbers?label_all=${encodeURIComponent(label)}`),
  }));
  return { entries, isFetching, isOld: asked !== q || isPlaceholderData };
};

export const useAgentEntries = (q: string): Entry[] => {
  const [, go] = useLocation();
  const agents = useAgents().data ?? [];
  if (q === '') return [];
  return agents
    .filter(({ agent_name }) => matches(agent_name, q))
    .slice(0, AGENTS_SHOWN)
    .map(({ ai_agent_id, agent_name, agent_status, inbound_phone_number_count }) => ({
      id: `agent-${ai_agent_id}`,
      name: agent_name,
      icon: navIcons.agents,
      note:
        agent_status === 'retired' ? 'retired' : `answers on ${plural(inbound_phone_number_count, 'number')}`,
      run: () => go(`/agents/${encodeURIComponent(ai_agent_id)}`),
    }));
};

export const useHoursEntries = (q: string): Entry[] => {
  const all = useBusinessHours().data ?? [];
  if (q === '') return [];
  return all
    .filter(({ name }) => matches(name, q))
    .slice(0, HOURS_SHOWN)
    .map(({ business_hours_id: id, name, phone_number_count: count }) => ({
      id: `hours-${id}`,
      name,
      icon: navIcons.businessHours,
      note: `used by ${plural(count, 'number')}`,
      run: () => void editBusinessHours({ businessHoursId: id }),
    }));
};

/** Those that do not stand in the navigation are found here too. */
export const useViewEntries = (q: string): Entry[] => {
  const [, go] = useLocation();
  const views = useViews() ?? [];
  if (q === '') return [];
  return views
    .filter(({ name }) => matches(name, q))
    .slice(0, VIEWS_SHOWN)
    .map((view) => ({
      id: `view-${view.view_id}`,
      name: view.name,
      icon: navIcons.numbers,
      note: view.shared ? 'shared view' : 'view',
      run: () => go(hrefOfView(view)),
    }));
};

/** By the name of its kind; the word itself shows all kinds. */
export const useFindingEntries = (q: string): Entry[] => {
  const [, go] = useLocation();
  if (q === '') return [];
  return findingKinds
    .filter(({ name }) => matches(`Findings: ${name}`, q))
    .map(({ code, name, href }) => ({
      id: `finding-${code}`,
      name: `Findings: ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      icon: navIcons.findings,
      run: () => go(href),
    }));
};
