import type { EstateFinding } from '#contract/numbers/route.ts';
import type { FindingCode } from '#contract/numbers/finding.ts';
import { mendSearch } from '#client/lib/mended-search.ts';

/** The kinds of finding in the order of their weight. */
export const codeNames: Record<FindingCode, string> = {
  nobody_answers: 'Nobody answers',
  forward_loop: 'Forward loop',
  forward_to_itself: 'Forwards to itself',
  retired_agent: 'Retired agent',
  missing_agent: 'Missing agent',
  unreachable_rule: 'Rule never matches',
  zone_of_another_country: 'Zone elsewhere',
  hours_across_zones: 'Hours across zones',
  past_exception: 'Past exception',
};
export const codes = Object.keys(codeNames) as FindingCode[];

/** A code as the address has it; undefined is all. One the API does not know is left out. */
export const codeOf = (search: string): FindingCode | undefined => {
  const asked = new URLSearchParams(search).get('code');
  return codes.find((code) => code === asked);
};

export const mendFindingsSearch = (search: string): string => {
  const code = codeOf(search);
  return mendSearch(search, ['code'], new URLSearchParams(code && { code }));
};

export const findingsHref = (code: FindingCode | undefined) =>
  code === undefined ? '/findings' : `/findings?code=${code}`;

/** Where the number is put right: its agents stand in the first tab of the sheet, all else in Routing. */
export const numberHref = ({ pointer, phone_number: number }: EstateFinding): string => {
  const href = `/numbers/${encodeURIComponent(number?._id ?? '')}`;
  return /^\/(?:inbound|outbound)_agent_id/.test(pointer) ? href : `${href}?tab=routing`;
};

export interface FindingGroup {
  id: string;
  findings: EstateFinding[];
}

const subjectOf = ({ phone_number: number, business_hours: hours }: EstateFinding) =>
  number?._id ?? hours?.business_hours_id ?? '';

/** Without the last subject, of which more may be on the next page; all where there is no other. */
export const withoutLastSubject = (findings: readonly EstateFinding[]): readonly EstateFinding[] => {
  const last = findings.at(-1);
  const begins = findings.findIndex((finding) => last && subjectOf(finding) === subjectOf(last));
  return begins > 0 ? findings.slice(0, begins) : findings;
};

/** What is wrong with one number or one set of hours stands together, as the API lists it. */
export const bySubject = (findings: readonly EstateFinding[]): FindingGroup[] => {
  const groups = new Map<string, EstateFinding[]>();
  for (const finding of findings)
    groups.set(subjectOf(finding), [...(groups.get(subjectOf(finding)) ?? []), finding]);
  return [...groups].map(([id, own]) => ({ id, findings: own }));
};
