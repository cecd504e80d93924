import type { CallHandlingName, CallSettings } from './call-handling.ts';

/** The platform's defaults, free of zod. Null is no limit, no name, any time. */
export const callDefaults: CallSettings = {
  max_duration_seconds: 3600,
  ring_timeout_seconds: 30,
  silence_timeout_seconds: 30,
  max_concurrent_calls: null,
  recording: 'off',
  announce_recording: true,
  voicemail_detection: { enabled: false, action: 'hangup' },
  inbound_countries: [],
  outbound_countries: [],
  blocked_callers: [],
  caller_id_name: null,
  outbound_window: null,
};

export const callHandlingNames = Object.keys(callDefaults) as CallHandlingName[];

/**
 * What becomes of a preference. `enforced`: the decision of `POST /v1/route` obeys it. `passed`: the decision
 * hands it to the telephony runtime, which must obey it.
 */
export type Enforcement = 'enforced' | 'passed';

export const enforcement: Record<CallHandlingName, Enforcement> = {
  max_duration_seconds: 'passed',
  ring_timeout_seconds: 'passed',
  silence_timeout_seconds: 'passed',
  max_concurrent_calls: 'passed',
  recording: 'passed',
  announce_recording: 'passed',
  voicemail_detection: 'passed',
  inbound_countries: 'enforced',
  outbound_countries: 'enforced',
  blocked_callers: 'enforced',
  caller_id_name: 'passed',
  outbound_window: 'enforced',
};
