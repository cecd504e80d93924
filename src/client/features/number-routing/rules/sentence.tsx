import { Fragment, type ReactNode } from 'react';
import type { Conditions, Rule } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import { destinationWords } from '#routing/words/words.ts';
import { faceOf, markOf } from '#client/features/numbers/agent-faces.ts';
import { classes } from '#client/lib/classes.ts';
import { useRoutingEditor } from './editor-context.ts';

const some = (list: readonly string[], most = 3) =>
  list.length > most ? `${list.slice(0, most).join(', ')} and ${list.length - most} more` : list.join(', ');

interface Part {
  words: string;
  strong?: string;
}

const partsOf = ({
  hours,
  caller_countries: countries,
  caller_prefixes: prefixes,
  caller_in: callers,
  anonymous,
}: Conditions): Part[] => {
  const parts: Part[] = [];
  if (hours !== 'any')
    parts.push({ words: '', strong: hours === 'exception' ? 'On a holiday or exception day' : hours });
  if (countries?.length) parts.push({ words: 'caller from ', strong: some(countries) });
  if (prefixes?.length) parts.push({ words: 'number begins with ', strong: some(prefixes) });
  if (callers?.length)
    parts.push({
      words: 'caller is ',
      strong: callers.length > 2 ? `one of ${callers.length}` : some(callers),
    });
  if (anonymous !== 'any') parts.push({ words: 'number is ', strong: anonymous ? 'withheld' : 'given' });
  return parts;
};

const Mark = ({ children, isWrong }: { children: ReactNode; isWrong?: boolean }) => (
  <span
    aria-hidden="true"
    className={classes(
      'mr-1.5 inline-flex size-4.5 items-center justify-center rounded-[5px] align-[1.5px] text-[10px] leading-none font-semibold',
      isWrong ? 'bg-harm-wash text-harm' : 'bg-press text-ink-2',
    )}
  >
    {children}
  </span>
);

export const AgentWords = ({ agentId }: { agentId: string }) => {
  const { agents } = useRoutingEditor();
  const face =
    agentId === '' ? ({ kind: 'none', name: 'choose an agent' } as const) : faceOf(agents, agentId);
  const isWrong = face.kind === 'missing' || face.kind === 'retired';
  return (
    <span className={classes(isWrong && 'text-harm', face.kind === 'none' && 'text-ink-3')}>
      {face.kind !== 'none' && markOf(face) !== '' && <Mark isWrong={isWrong}>{markOf(face)}</Mark>}
      <bdi>{face.name}</bdi>
    </span>
  );
};

/** Where a call goes, in a few words. */
export const DestinationWords = ({ destination }: { destination: Destination }) => {
  const { agents } = useRoutingEditor();
  if (destination.type === 'agent') return <AgentWords agentId={destination.agent_id} />;
  if (destination.type === 'split') {
    const total = destination.agents.reduce((sum, { weight }) => sum + (weight || 0), 0) || 1;
    return (
      <>
        {destination.agents.map(({ agent_id: id, weight }, at) => (
          <Fragment key={at}>
            {at > 0 && ', '}
            <AgentWords agentId={id} />{' '}
            <span className="text-ink-2">{Math.round(((weight || 0) / total) * 100)}&nbsp;%</span>
          </Fragment>
        ))}
      </>
    );
  }
  return <bdi>{destinationWords(destination, (id) => agents?.get(id)?.agent_name)}</bdi>;
};

/** A rule in plain words: When closed, caller from BD → Night agent. */
export const RuleSentence = ({ rule: { when, destination } }: { rule: Rule }) => {
  const parts = partsOf(when);
  return (
    <>
      {parts.length === 0 ? 'Every call' : when.hours !== 'exception' && 'When '}
      {parts.map(({ words, strong }, at) => (
        <Fragment key={words}>
          {at > 0 && ', '}
          {words}
          <strong className="font-medium text-ink">{strong}</strong>
        </Fragment>
      ))}
      <span aria-hidden="true"> → </span>
      <span className="sr-only">: </span>
      <DestinationWords destination={destination} />
    </>
  );
};
