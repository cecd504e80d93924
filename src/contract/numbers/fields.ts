import type { CallHandlingName } from './call-handling.ts';
import { providerList, regionLabel, regionNames, type Provider } from './choices.ts';

/*
 * What is said of each field of a phone number, once: whose it is, what people call it, how its value is
 * read, how much it holds and what may be done with it. Patches, records, audit lines, labels on screen,
 * search and the sizes of bodies come from here. What a value looks like is said in `field-values.ts`, how it
 * is stored in the server's `columns.ts`; a field that is missing there does not compile. Free of zod. The
 * first view of the console does without it, and takes `limits.ts` and `choices.ts` alone.
 */

/**
 * What a value is, and how it is read from what is typed.
 * - `name`: one line that people read, its ends free of spaces, composed.
 * - `login`: one line, exactly as it was sent. `word`: one line of ASCII, its ends free of spaces.
 * - `prose`: several lines, as they were typed.
 * - `credential`: a secret. Sealed at rest, masked in every answer.
 * - `agent`: an agent's id. `whole`: a list or an object, with editors and words of its own.
 */
export type FieldKind = 'name' | 'login' | 'word' | 'prose' | 'credential' | 'agent' | 'whole';

interface Field {
  label: string;
  kind: FieldKind;
  /** Only numbers of this provider have it; absent: all have. */
  provider?: Provider;
  /** Characters, of a text. */
  maxLength?: number;
  /** Given when the number is added, and never changed; `initially` where nothing is given. */
  isFixed?: true;
  initially?: string;
  /** A number cannot be added without it. */
  isRequired?: true;
  /** `q` finds a number by it. */
  isSearched?: true;
  /** What each of few values is called. */
  choices?: Readonly<Record<string, string>>;
  /**
   * How it travels in files of many numbers. `both`: a cell of CSV has it, exported and imported. `import`:
   * the same, but no export ever has it. `lines`: no cell holds it; JSON lines do, exported and imported.
   */
  csv: 'both' | 'import' | 'lines';
}

/** In the order in which records have them. */
export const fields = {
  friendly_name: { label: 'Name', kind: 'name', maxLength: 120, isSearched: true, csv: 'both' },
  inbound_agent_id: { label: 'Inbound agent', kind: 'agent', csv: 'both' },
  outbound_agent_id: { label: 'Outbound agent', kind: 'agent', csv: 'both' },
  sip_termination_uri: {
    provider: 'sip',
    label: 'Trunk address',
    kind: 'word',
    maxLength: 255,
    isSearched: true,
    csv: 'both',
  },
  sip_trunk_username: {
    provider: 'sip',
    label: 'Trunk username',
    kind: 'login',
    maxLength: 256,
    isSearched: true,
    csv: 'both',
  },
  sip_caller_format: {
    provider: 'sip',
    label: 'Callers without +',
    kind: 'word',
    maxLength: 13,
    csv: 'both',
  },
  sip_infra_region: {
    provider: 'sip',
    label: regionLabel,
    kind: 'word',
    maxLength: 8,
    isFixed: true,
    initially: 'global',
    choices: regionNames,
    csv: 'both',
  },
  sip_trunk_password: {
    provider: 'sip',
    label: 'Trunk password',
    kind: 'credential',
    maxLength: 256,
    csv: 'import',
  },
  twilio_account_sid: {
    provider: 'twilio',
    label: 'Account SID',
    kind: 'word',
    maxLength: 34,
    isRequired: true,
    isSearched: true,
    csv: 'both',
  },
  twilio_auth_token: {
    provider: 'twilio',
    label: 'Auth token',
    kind: 'credential',
    maxLength: 32,
    isRequired: true,
    csv: 'import',
  },
  labels: { label: 'Labels', kind: 'whole', isSearched: true, csv: 'both' },
  metadata: { label: 'Metadata', kind: 'whole', csv: 'both' },
  notes: { label: 'Notes', kind: 'prose', maxLength: 4000, csv: 'both' },
  routing: { label: 'Routing', kind: 'whole', csv: 'lines' },
  call_handling: { label: 'Call handling', kind: 'whole', csv: 'lines' },
  temporary_reassignment: { label: 'Stand-in', kind: 'whole', csv: 'lines' },
} as const satisfies Record<string, Field>;

/** What of a whole is changed, merged and named by itself. */
export const partLabels = {
  routing: { business_hours_id: 'Business hours', rules: 'Routing rules', fallback: 'Fallback' },
  call_handling: {
    max_duration_seconds: 'Maximum duration',
    ring_timeout_seconds: 'Ring timeout',
    silence_timeout_seconds: 'Silence timeout',
    max_concurrent_calls: 'Calls at once',
    recording: 'Recording',
    announce_recording: 'Recording announcement',
    voicemail_detection: 'Voicemail detection',
    inbound_countries: 'Countries that may call',
    outbound_countries: 'Countries that may be called',
    blocked_callers: 'Blocked callers',
    caller_id_name: 'Caller ID name',
    outbound_window: 'Outbound window',
  },
} as const satisfies { routing: object; call_handling: Record<CallHandlingName, string> };

type Fields = typeof fields;
export type FieldName = keyof Fields;
type Having<Trait> = { [N in FieldName]: Fields[N] extends Trait ? N : never }[FieldName];

export type SharedName = Exclude<FieldName, Having<{ provider: Provider }>>;
/** The fields that numbers of this provider have of their own. */
export type OwnName<P extends Provider = Provider> = Having<{ provider: P }>;
export type CredentialName<P extends Provider = Provider> = OwnName<P> & Having<{ kind: 'credential' }>;
/** What a provider has of its own and is no secret. */
export type ProviderSettingName<P extends Provider = Provider> = Exclude<OwnName<P>, CredentialName>;
export type FixedName = Having<{ isFixed: true }>;
export type RequiredName = Having<{ isRequired: true }>;
export type WholeName = Having<{ kind: 'whole' }>;
/** Those of all numbers that hold one text, or nothing. */
export type PlainName = Exclude<SharedName, WholeName>;

export const fieldNames = Object.keys(fields) as FieldName[];
export const fieldOf = (name: FieldName): Field => fields[name];
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);

const having = <N extends FieldName>(is: (field: Field) => boolean): readonly N[] =>
  fieldNames.filter((name) => is(fieldOf(name))) as N[];

export const sharedNames = having<SharedName>(({ provider }) => provider === undefined);
export const plainNames = having<PlainName>(
  ({ provider, kind }) => provider === undefined && kind !== 'whole',
);
export const credentialNames = having<CredentialName>(({ kind }) => kind === 'credential');

const byProvider = <N extends FieldName>(is: (field: Field) => boolean) =>
  Object.fromEntries(
    providerList.map((provider) => [
      provider,
      having<N>((field) => field.provider === provider && is(field)),
    ]),
  ) as Readonly<Record<Provider, readonly N[]>>;

export const settingsOf = byProvider<ProviderSettingName>(({ kind }) => kind !== 'credential');
export const credentialsOf = byProvider<CredentialName>(({ kind }) => kind === 'credential');
export const requiredOf = byProvider<RequiredName>(({ isRequired }) => isRequired === true);

/** Whose own field this is, or its fingerprint; undefined for shared and unknown ones. */
export const providerOfField = (field: string): Provider | undefined => {
  const name = field.replace(/_fingerprint$/, '');
  return isFieldName(name) ? fieldOf(name).provider : undefined;
};

/** Whether numbers of this provider have such a field. */
export const hasField = (provider: Provider, name: FieldName): boolean =>
  (fieldOf(name).provider ?? provider) === provider;
