import type { AgentsService } from '#server/features/agents/service.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { createFingerprints } from '#server/platform/secrets/fingerprints.ts';
import type { CredentialsService } from '#server/features/credentials/service.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import { createAdd } from './add.ts';
import { createChange } from './change.ts';
import { createRoutingCheck } from './check-routing.ts';
import { createVersionCheck } from './check-versions.ts';
import { createDeleteForGood } from './delete-for-good.ts';
import { createDelete } from './delete.ts';
import { createJudgeAlike } from './judge-alike.ts';
import { createRestoreVersion } from './restore-version.ts';
import { createJudgeRestore, createRestore } from './restore.ts';

export interface ActDependencies {
  keyring: Keyring;
  agents: Pick<AgentsService, 'findUnassignable' | 'findStanding' | 'findUnlinked'>;
  businessHours: Pick<BusinessHoursService, 'findMissing'>;
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedInSet' | 'findChangesAfter' | 'findActionOf'>;
  credentials: CredentialsService;
  outbox: Outbox;
}

/**
 * What can be done to phone numbers. Each act takes a set, of which one number is the smallest, and the
 * transaction that the set is part of, and answers for each what became of it: `outcome.ts`. An existing
 * number may stand in a set only once, else an Error is thrown; the rest is refused one by one, in `Outcome`.
 */
export const createPhoneNumberActs = ({
  keyring,
  agents,
  businessHours,
  auditEvents,
  credentials,
  outbox,
}: ActDependencies) => {
  const fingerprints = createFingerprints(keyring);
  const checkVersions = createVersionCheck({ auditEvents, fingerprints });
  const checkRouting = createRoutingCheck({ agents, businessHours });
  const { changePhoneNumbers, judgePhoneNumbers } = createChange({
    credentials,
    fingerprints,
    checkVersions,
    checkRouting,
    outbox,
  });
  return {
    ...createAdd({ credentials, checkRouting }),
    changePhoneNumbers,
    judgePhoneNumbers,
    judgeAlike: createJudgeAlike(judgePhoneNumbers),
    deletePhoneNumbers: createDelete({ checkVersions, outbox }),
    deletePhoneNumbersForGood: createDeleteForGood({ checkVersions, outbox }),
    judgeRestorations: createJudgeRestore({ agents, businessHours }),
    restorePhoneNumbers: createRestore({ checkVersions, agents, businessHours, outbox }),
    /** Of one number; throws what refuses it. */
    restoreVersion: createRestoreVersion({ auditEvents, changePhoneNumbers }),
  };
};

export type PhoneNumberActs = ReturnType<typeof createPhoneNumberActs>;
