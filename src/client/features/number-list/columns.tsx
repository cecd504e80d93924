import { classes } from '#client/lib/classes.ts';
import type { Agent } from '#contract/agents.ts';
import type { LinkState } from '#contract/connections/links.ts';
import type { AnsweringNow } from '#contract/numbers/list/phone-number-list.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { calendarDate, clockTime, countryName } from '#client/lib/words/format.ts';
import { linkStateNames } from '#client/lib/words/list-words.ts';
import { AgentButton, AgentName } from '#client/features/numbers/agent-button.tsx';
import {
  agentFieldOf,
  faceOf,
  type AgentFace,
  type Direction,
} from '#client/features/numbers/agent-faces.ts';
import { answeringFace, isStoodInFor } from '#client/features/numbers/answering.ts';
import { faceOfProvider, trunkOf } from '#client/features/numbers/provider-faces.ts';

const stackedRight = 'group-data-[layout=stacked]/grid:text-right';

// As many labels as fit a cell of the least width, by a guess at their own; the rest is counted.
const LABEL_ROOM_PX = 104;
const widthOf = (label: string) => label.length * 6.2 + 16;
const COUNT_PX = 18;

const fittingLabels = (labels: readonly string[]) => {
  let room = LABEL_ROOM_PX;
  return labels.filter((label, at) => {
    room -= widthOf(label);
    return at === 0 || room >= (at < labels.length - 1 ? COUNT_PX : 0);
  });
};

interface LabelsProps {
  labels: readonly string[];
  tabIndex: 0 | -1;
  onLabel: (label: string) => void;
}

const Labels = ({ labels, tabIndex, onLabel }: LabelsProps) => {
  const fitting = fittingLabels(labels);
  return (
    <>
      {fitting.map((label) => (
        <button
          key={label}
          type="button"
          tabIndex={tabIndex}
          aria-label={`Filter by label ${label}`}
          className={classes(
            'mr-1 inline-block max-w-[calc(100%-1.5rem)] truncate rounded-[5px] border',
            'border-line-2 px-1.25 align-middle text-xs leading-4.5 text-ink-2 hover:text-ink',
          )}
          onClick={() => onLabel(label)}
        >
          {label}
        </button>
      ))}
      {labels.length > fitting.length && (
        <span className="text-xs text-ink-3">+{labels.length - fitting.length}</span>
      )}
    </>
  );
};

const providerCell = (provider: Provider) =>
  `before:mr-2 before:inline-block before:size-1.75 before:rounded-[2px] before:align-[1px] before:content-[''] ${faceOfProvider(provider).before}`;

interface ColumnContext {
  agents: ReadonlyMap<string, Agent> | undefined;
  answeringOf: (id: string) => AnsweringNow | undefined;
  mayEdit: boolean;
  hrefOf: (id: string) => string;
  onOpen: (record: PhoneNumber) => void;
  onAssign: (record: PhoneNumber, direction: Direction, anchor: HTMLElement) => void;
  onLabel: (label: string) => void;
}

/** `Night desk stands in until 30 Nov, 08:00 your time`; undefined while nobody does. */
const standInWords = (
  record: PhoneNumber,
  direction: Direction,
  agents: ReadonlyMap<string, Agent> | undefined,
): string | undefined => {
  const reassignment = record.temporary_reassignment;
  if (reassignment === null || !isStoodInFor(record, direction, Date.now())) return undefined;
  const { agent_id: id, ends_at: end } = reassignment;
  return `${faceOf(agents, id).name} stands in until ${calendarDate(end)}, ${clockTime(end)} your time`;
};

/** Who answers at this moment; dimmed where that is no news. */
const answeringColumn = ({ agents, answeringOf }: ColumnContext): GridColumn<PhoneNumber> => {
  const faceFor = (record: PhoneNumber) => answeringFace(record, answeringOf(record._id), agents);
  return {
    id: 'answering_now',
    header: 'Answering now',
    isFitting: true,
    className: 'in-data-gone:text-ink-3 in-data-gone:[filter:grayscale(1)]',
    title: (record) => {
      const { title, name } = faceFor(record);
      return title ?? name;
    },
    render: (record) => {
      const face = faceFor(record);
      return <AgentName face={face} className={isNews(face, record, agents) ? undefined : 'text-ink-3'} />;
    },
  };
};

/** Whether someone else answers than the inbound agent, whose name stands in the row already. */
const isNews = (face: AgentFace, { inbound_agent_id: id }: PhoneNumber, agents: ColumnContext['agents']) =>
  face.kind !== 'loading' && (face.kind !== 'active' || face.name !== faceOf(agents, id).name);

/** Where calls go through; on a narrow screen, which has no column for it, who answers now if that is news. */
export const ProviderCell = ({ record, face }: { record: PhoneNumber; face: AgentFace | null }) => (
  <>
    <span data-mark="" className={providerCell(record.provider)}>
      {providerNames[record.provider]}
    </span>
    <span
      className={classes(
        'ml-2 font-mono text-xs text-ink-3 group-data-[layout=snug]/grid:hidden group-data-[layout=tight]/grid:hidden',
        face !== null && 'group-data-[layout=stacked]/grid:hidden',
      )}
    >
      {trunkOf(record)}
    </span>
    {face !== null && (
      <span className="ml-2 hidden text-xs text-ink-2 group-data-[layout=stacked]/grid:inline">
        now {face.name}
      </span>
    )}
  </>
);

const providerColumn = ({ agents, answeringOf }: ColumnContext): GridColumn<PhoneNumber> => ({
  id: 'provider',
  header: 'Provider',
  sort: 'provider',
  title: (record) => trunkOf(record) ?? undefined,
  render: (record) => {
    const face = answeringFace(record, answeringOf(record._id), agents);
    return <ProviderCell record={record} face={isNews(face, record, agents) ? face : null} />;
  },
});

const agentColumn = (
  direction: Direction,
  { agents, mayEdit, onAssign }: ColumnContext,
): GridColumn<PhoneNumber> => ({
  id: agentFieldOf(direction),
  header: direction === 'inbound' ? 'Inbound agent' : 'Outbound agent',
  hasControl: mayEdit,
  isAside: mayEdit,
  isFitting: true,
  className: classes(direction === 'inbound' && stackedRight, mayEdit && 'cursor-auto'),
  title: (record) =>
    [faceOf(agents, record[agentFieldOf(direction)]).name, standInWords(record, direction, agents)]
      .filter(Boolean)
      .join('; '),
  render: (record, tabIndex) => {
    const face = faceOf(agents, record[agentFieldOf(direction)]);
    if (!mayEdit) return <AgentName face={face} />;
    return (
      <AgentButton
        face={face}
        direction={direction}
        standIn={standInWords(record, direction, agents)}
        tabIndex={tabIndex}
        onClick={({ currentTarget }) => onAssign(record, direction, currentTarget)}
      />
    );
  },
});

const linkTones: Partial<Record<LinkState, string>> = {
  synced: 'before:bg-ok',
  refused: 'text-harm before:bg-harm',
  conflict: 'text-harm before:bg-harm',
  gone: 'text-harm before:bg-harm',
  drift: 'text-warn before:bg-warn',
  held: 'text-warn before:bg-warn',
};

/** Whether what is saved here is on the platform, too. */
const linksColumn: GridColumn<PhoneNumber> = {
  id: 'links',
  header: 'Upstream',
  title: ({ links }) => links.find(({ message }) => message !== null)?.message ?? undefined,
  render: ({ links }) =>
    links.length === 0 ? (
      <span className="text-ink-3">Not linked</span>
    ) : (
      links.map(({ role, state }) => (
        <span
          key={role}
          className={classes(
            'mr-2 before:mr-1.5 before:inline-block before:size-1.75 before:rounded-full before:align-[1px] before:content-[""]',
            linkTones[state] ?? 'before:bg-line-3',
          )}
        >
          {linkStateNames[state]}
        </span>
      ))
    ),
};

/** Every column that the list can show; lay-out.ts says which it does, and where. */
export const phoneNumberColumns = (context: ColumnContext): GridColumn<PhoneNumber>[] => [
  {
    id: 'phone_number',
    header: 'Number',
    sort: 'phone_number',
    hasControl: true,
    isFitting: true,
    render: ({ _id, ...record }, tabIndex) => (
      <a
        href={context.hrefOf(_id)}
        tabIndex={tabIndex}
        data-country={record.country ?? ''}
        className={classes(
          'font-medium whitespace-nowrap before:inline-block before:w-6.5 before:text-2xs',
          'before:font-medium before:text-ink-3 before:content-[attr(data-country)]',
        )}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          context.onOpen({ _id, ...record } as PhoneNumber);
        }}
      >
        {record.phone_number_international}
      </a>
    ),
  },
  {
    id: 'friendly_name',
    header: 'Name',
    sort: 'friendly_name',
    className: `${stackedRight} group-data-[layout=stacked]/grid:text-ink-2`,
    title: ({ friendly_name }) => friendly_name ?? undefined,
    render: ({ friendly_name }) => friendly_name ?? <span className="text-ink-3">No name</span>,
  },
  providerColumn(context),
  agentColumn('inbound', context),
  answeringColumn(context),
  agentColumn('outbound', context),
  {
    id: 'labels',
    header: 'Labels',
    hasControl: ({ labels }) => labels.length > 0,
    title: ({ labels }) => (labels.length > 0 ? labels.join(', ') : undefined),
    render: ({ labels }, tabIndex) => (
      <Labels labels={labels} tabIndex={tabIndex} onLabel={context.onLabel} />
    ),
  },
  {
    id: 'updated_at',
    header: 'Updated',
    sort: 'updated_at',
    isFitting: true,
    className: 'text-ink-3',
    render: ({ updated_at }) => <RelativeTime at={updated_at} />,
  },
  {
    id: 'created_at',
    header: 'Added',
    sort: 'created_at',
    isFitting: true,
    className: 'text-ink-3',
    render: ({ created_at }) => <RelativeTime at={created_at} />,
  },
  {
    id: 'country',
    header: 'Country',
    sort: 'country',
    title: ({ country }) => (country === null ? undefined : countryName(country)),
    render: ({ country }) =>
      country === null ? <span className="text-ink-3">No one country</span> : countryName(country),
  },
  linksColumn,
];
