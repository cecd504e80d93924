import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AuditEvent } from '#contract/audit-events.ts';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Badge } from '#client/components/ui/badge.tsx';
import { calendarDate, clockTime, exactTime, relativeTime } from '#client/lib/words/format.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { jobHref } from '#client/features/bulk/job-words.ts';
import { actionNames, actionVerbs, ownVerbs, fieldName } from './audit-words.ts';
import { ChangeList } from './change-list.tsx';
import { foldEvents } from './fold-events.ts';
import { FoldedEvents } from './folded-events.tsx';
import { subjectHref } from './subject-href.ts';

interface Props {
  /** Newest first. */
  events: readonly AuditEvent[];
  /** False where all events are of one thing that is already named. */
  showSubject: boolean;
  /** There are older ones, which were not read yet. */
  hasMore?: boolean;
  /** What can be done with an event, for example restoring what it changed. */
  actions?: (event: AuditEvent) => ReactNode;
  /** The same with what a field was before it. */
  fieldActions?: (event: AuditEvent, field: string) => ReactNode;
}

const Subject = ({ subject, isGone }: { subject: AuditEvent['subject']; isGone: boolean }) => {
  const href = isGone ? null : subjectHref(subject);
  const name = <bdi>{subject.phone_number_international ?? (subject.name || subject.id)}</bdi>;
  return (
    <>
      {href === null ? (
        <span className="font-medium">{name}</span>
      ) : (
        <Link
          href={href}
          className="rounded-sm font-medium underline decoration-line-2 underline-offset-3 hover:decoration-current"
        >
          {name}
        </Link>
      )}
      {subject.friendly_name !== null && <bdi className="ml-1.5 text-ink-2">{subject.friendly_name}</bdi>}
    </>
  );
};

/** A deleted number has a page still. */
const isGoneAfter = (action: AuditEvent['action']) =>
  action === 'business_hours.deleted' || action === 'phone_number.deleted_for_good';

/** Who was refused at the door has no name; "Nobody was refused" would say the opposite. */
const nameOf = ({ kind, name }: AuditEvent['actor']) =>
  kind === 'system' && name === 'Nobody' ? 'Somebody' : name;

/** Where subject and actor are one, naming both would read as if they were two. */
const isAboutSelf = ({ actor, subject }: AuditEvent) => actor.id !== null && actor.id === subject.id;

const Sentence = ({ event, showSubject }: { event: AuditEvent; showSubject: boolean }) => {
  const { actor, action, subject } = event;
  if (!showSubject) {
    return (
      <>
        <span className="font-medium">
          {actionNames[action].replace(/^Number /, '').replace(/^./, (first) => first.toUpperCase())}
        </span>{' '}
        <span className="text-ink-2">
          by <bdi>{nameOf(actor)}</bdi>
        </span>
      </>
    );
  }
  return (
    <>
      <bdi className="font-medium">{nameOf(actor)}</bdi>{' '}
      <span className="text-ink-2">
        {isAboutSelf(event) ? (ownVerbs[action] ?? actionNames[action].toLowerCase()) : actionVerbs[action]}
      </span>{' '}
      {!isAboutSelf(event) && <Subject subject={subject} isGone={isGoneAfter(action)} />}
    </>
  );
};

const dayName = (at: string) => {
  const words = relativeTime(at);
  if (words === 'yesterday') return 'Yesterday';
  return /^(?:just now|\d+ (?:min|h) ago)$/.test(words) ? 'Today' : calendarDate(at);
};

/** How long ago today; on other days, which stand above, the time of day. */
const EventTime = ({ at }: { at: string }) => {
  const className = 'text-xs leading-5 text-ink-3';
  if (dayName(at) === 'Today') return <RelativeTime at={at} className={className} />;
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {clockTime(at)}
    </time>
  );
};

const Event = ({
  event,
  showSubject,
  actions,
  fieldActions,
  agentName,
  hoursName,
}: Omit<Props, 'events'> & { event: AuditEvent } & Record<
    'agentName' | 'hoursName',
    (id: string) => string | undefined
  >) => {
  const { action, actor, subject, detail, address, request_id, version, changes, bulk_job_id } = event;
  return (
    <li className="group grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[4.5rem_minmax(0,1fr)]">
      <EventTime at={event.at} />
      <div className="grid min-w-0 content-start gap-1">
        <div className="flex flex-wrap items-baseline gap-x-4">
          <p className="min-w-0 wrap-anywhere">
            <Sentence event={event} showSubject={showSubject} />
            {actor.kind === 'api_key' && <Badge className="ml-2">API key</Badge>}
          </p>
          <p className="ml-auto flex flex-wrap gap-x-3 text-xs text-ink-3 max-sm:ml-0 max-sm:w-full">
            {request_id !== null && showSubject && (
              <span className="opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden">
                request <code className="font-mono select-all">{request_id}</code>
              </span>
            )}
            {address !== null && showSubject && <span className="wrap-anywhere">from {address}</span>}
            {bulk_job_id !== null && subject.kind !== 'bulk_job' && (
              <Link
                href={jobHref(bulk_job_id)}
                className="rounded-sm underline underline-offset-2 hover:text-ink"
              >
                in a job
              </Link>
            )}
            {version !== null && <span title="The version that this change made">version {version}</span>}
          </p>
        </div>
        {detail !== null && (
          <p className="text-ink-2 wrap-anywhere">
            {action === 'credential.revealed' ? fieldName(detail) : detail}
          </p>
        )}
        <ChangeList
          changes={changes}
          isFromNothing={action.endsWith('.added')}
          subjectName={subject.name}
          agentName={agentName}
          hoursName={hoursName}
          actionOf={fieldActions && ((field) => fieldActions(event, field))}
        />
        {actions?.(event)}
      </div>
    </li>
  );
};

const byDay = (events: readonly AuditEvent[]) => {
  const days: { name: string; events: AuditEvent[] }[] = [];
  for (const event of events) {
    const name = dayName(event.at);
    if (days.at(-1)?.name === name) days.at(-1)?.events.push(event);
    else days.push({ name, events: [event] });
  }
  return days;
};

/** Who did what, when, and what became of each field. For the log and for one number's history. */
export const AuditEventList = ({ events, hasMore = false, ...rest }: Props) => {
  const oldest = hasMore ? events.at(-1)?.bulk_job_id : null;
  const agents = useAgents().data;
  const agentName = (id: string) => agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name;
  const hours = useBusinessHours().data;
  const hoursName = (id: string) => hours?.find(({ business_hours_id }) => business_hours_id === id)?.name;
  const Heading = rest.showSubject ? 'h2' : 'h3';
  return byDay(events).map(({ name, events: ofDay }) => (
    <div key={name}>
      <Heading className="sticky top-0 z-10 border-b bg-surface px-4 py-1.5 text-xs font-medium text-ink-3">
        {name}
      </Heading>
      <ol className="divide-y divide-line/60 border-b">
        {(rest.showSubject ? foldEvents(ofDay) : ofDay.map((event) => [event])).map((run) => {
          const [first] = run;
          if (first === undefined) return null;
          const each = run.map((event) => (
            <Event key={event.audit_event_id} {...{ event, agentName, hoursName, ...rest }} />
          ));
          if (run.length === 1) return each;
          return (
            <FoldedEvents
              key={first.audit_event_id}
              time={<EventTime at={first.at} />}
              actor={<bdi className="font-medium">{nameOf(first.actor)}</bdi>}
              mayGoOn={first.bulk_job_id !== null && first.bulk_job_id === oldest}
              {...{ run, agentName, hoursName }}
            >
              {each}
            </FoldedEvents>
          );
        })}
      </ol>
    </div>
  ));
};
