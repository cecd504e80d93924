import { useDeferredValue, useMemo } from 'react';
import { lint, lintHours } from '#routing/lint/lint.ts';
import { isZoneKnown } from '#client/components/time-zone/time-zones.ts';
import { RowsSkeleton } from '#client/components/page.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { useBusinessHours, useBusinessHoursChanges } from '#client/features/business-hours/queries.ts';
import { useNow } from '#client/lib/use-now.ts';
import { agentsById } from '#client/features/numbers/agent-faces.ts';
import { usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import { useFieldMessages } from '#client/features/number-fields/use-field-messages.ts';
import { RoutingEditorContext } from '#client/features/number-routing/rules/editor-context.ts';
import { HoursSection } from './hours-section.tsx';
import { RulesSection } from '#client/features/number-routing/rules/rules-section.tsx';
import { WhoAnswers } from '#client/features/number-routing/who-answers/who-answers.tsx';
import { turnsOf } from './stand-in/reassignment-words.ts';
import { useRoutedNumber } from '#client/features/number-routing/who-answers/use-routed-number.ts';

/** Who answers, and when: hours, rules in order, and what they come to. */
export const RoutingTab = () => {
  const { record, mayEdit } = usePhoneNumberForm();
  const { data, isPending: awaitsAgents } = useAgents();
  const { isPending: awaitsHours } = useBusinessHours();
  const agents = useMemo(() => agentsById(data), [data]);
  const messages = useFieldMessages();
  useBusinessHoursChanges();

  // What is drawn from the rules may lag behind the typing; the fields may not.
  const current = useRoutedNumber();
  const number = useDeferredValue(current.number);
  const { hours } = current;
  const now = useNow(...turnsOf(number.temporary_reassignment ?? null));
  const country = record?.country ?? null;
  const findings = useMemo(() => {
    // What cannot be told the time of cannot be judged: the server does that all the same.
    if (agents === undefined || (hours !== null && !isZoneKnown(hours.time_zone))) return [];
    // An agent that is not chosen yet is asked for when it is saved.
    const statusOf = (id: string) => (id === '' ? 'active' : agents.get(id)?.agent_status);
    // What is wrong with the hours themselves is shown beside them, too.
    const ofHours =
      hours === null
        ? []
        : lintHours(hours, now).map((finding) => ({ ...finding, pointer: '/routing/business_hours_id' }));
    return [...lint(number, hours, { at: now, country, statusOf }), ...ofHours];
  }, [number, hours, country, agents, now]);

  // Drawn once all is known: a week and what is found would push the rules away from under a hand.
  if (awaitsAgents || awaitsHours) return <RowsSkeleton rows={6} />;
  return (
    <RoutingEditorContext value={{ mayEdit, agents, messages, findings }}>
      <div className="grid grid-cols-1 items-start gap-7 @min-[60rem]:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)_minmax(0,1.2fr)]">
        <HoursSection />
        <RulesSection />
        <WhoAnswers number={number} hours={hours} now={now} />
      </div>
    </RoutingEditorContext>
  );
};
