import type { Database } from '#server/platform/db/database.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { connectionKinds } from '#server/features/connections/kinds/connection-kinds.ts';
import { createCredentialsService } from '#server/features/credentials/service.ts';
import { createOutbox } from '#server/features/outbox/outbox.ts';
import { createPhoneNumberActs, type PhoneNumberActs } from '#server/features/phone-numbers/acts/acts.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';

/** What can be done to the phone numbers of a database that no server serves in this process. */
export const actsOn = (database: Database, keyring: Keyring): PhoneNumberActs => {
  const auditEvents = createAuditEventsService({ database, keyring });
  return createPhoneNumberActs({
    keyring,
    auditEvents,
    agents: createAgentsService({ database, keyring }),
    businessHours: createBusinessHoursService({ database, auditEvents }),
    credentials: createCredentialsService({ keyring }),
    outbox: createOutbox({ kinds: connectionKinds }),
  });
};
