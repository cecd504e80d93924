import type { EstateFinding } from '#contract/numbers/route.ts';
import type { FindingCode } from '#contract/numbers/finding.ts';
import { mendSearch } from '#client/lib/address/mended-search.ts';

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
  upstream_gone: 'Gone from platform',
  upstream_refused: 'Refused by platform',
  upstream_conflict: 'Changed on both sides',
  upstream_held: 'Credential missing',
  upstream_drift: 'Other on platform',
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

/** Where the number is put right: its agents and its links stand in the first tab of the sheet, all else in Routing. */
export const numberHref = ({ pointer, phone_number: number }: EstateFinding): string => {
  const href = `/numbers/${encodeURIComponent(number?._id ?? '')}`;
  return /^\/(?:(?:inbound|outbound)_agent_id|links)/.test(pointer) ? href : `${href}?tab=routing`;
};

const subjectOf = ({ phone_number: number, business_hours: hours }: EstateFinding) =>
  number?._id ?? hours?.business_hours_id ?? '';

/** Names one finding among all, for as long as it says the same. */
export const keyOf = (finding: EstateFinding): string =>
  [subjectOf(finding), finding.code, finding.pointer, finding.message].join(' ');

/** Findings that say the same, of the same agent where they are of one. */
export interface FindingGroup extends Pick<
  EstateFinding,
  'code' | 'severity' | 'message' | 'fix' | 'agent_id'
> {
  id: string;
  findings: EstateFinding[];
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The same sentence stands once, with all that it is said of. The order is that of what they say: a finding
 * that is mended or comes later does not move the others.
 */
export const bySentence = (findings: readonly EstateFinding[]): FindingGroup[] => {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const { code, severity, message, fix, agent_id } = finding;
    const id = JSON.stringify([code, message, fix, agent_id]);
    const group = groups.get(id) ?? { id, code, severity, message, fix, agent_id, findings: [] };
    group.findings.push(finding);
    groups.set(id, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, findings: group.findings.toSorted((a, b) => byText(keyOf(a), keyOf(b))) }))
    .toSorted((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code) || byText(a.id, b.id));
};

/** How many there are of each kind; of the one that was asked for alone, where one was. */
export const countByCode = (
  findings: readonly EstateFinding[],
  asked: FindingCode | undefined,
): Map<FindingCode, number> => {
  const counts = new Map((asked === undefined ? codes : [asked]).map((code) => [code, 0]));
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};
