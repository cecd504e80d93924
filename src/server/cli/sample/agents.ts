import type { AgentCreate } from '#contract/agents.ts';

/** The agents the sample numbers name, and what they speak. */
export const sampleAgents: readonly AgentCreate[] = [
  { agent_name: 'Asha · Bangla support', language_code: 'bn-BD' },
  { agent_name: 'Ben · Sales EN', language_code: 'en-GB' },
  { agent_name: 'Chitra · Billing', language_code: 'hi-IN' },
  { agent_name: 'Dev · Claims triage', language_code: 'en-IN' },
  { agent_name: 'Elif · Bookings', language_code: 'tr-TR' },
  { agent_name: 'Farid · Collections BN', language_code: 'bn-BD' },
  { agent_name: 'Grace · Front desk', language_code: 'en-US' },
  { agent_name: 'Night desk', language_code: null },
  { agent_name: 'Nusrat · Pharmacy', language_code: 'bn-BD' },
  { agent_name: 'Overflow', language_code: null },
  { agent_name: 'Yui · Returns JP', language_code: 'ja-JP' },
  { agent_name: 'Óscar · Ventas', language_code: 'es-ES' },
];

/** Retired once they have numbers, as happens. */
export const sampleRetiredAgents: readonly AgentCreate[] = [
  { agent_name: 'Legacy IVR', language_code: 'en-US' },
  { agent_name: 'Holiday desk', language_code: null },
];

/** Friendly names that are allowed and that a careless screen would stumble over. */
export const hostileNames: readonly string[] = [
  '<b>Bold</b> & "quoted" <script>alert(1)</script>',
  '=HYPERLINK("http://evil.example","open")',
  "Robert'); DROP TABLE phone_number;--",
  'فرع الرياض · الاستقبال',
  '\u202edesrever si sihT',
  'ঢাকা অফিস · জরুরি',
  '👩‍👩‍👧‍👦 Family line 🏳️‍🌈',
  'A label that goes on and on and on and on and on and on and on and on and on and on and on and on and on to its end',
];
