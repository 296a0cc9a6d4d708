import type { BaseDeps } from '@taskflow/service-kit'
import type { Feature } from '../http/feature.ts'
import { exportAudit } from './export-audit.ts'
import { listAudit } from './list-audit.ts'
import { showAuditCausation } from './show-causation.ts'

/** What audit-logger holds of a person. */
export const audit = (deps: BaseDeps): Feature => ({
  endpoints: [listAudit(deps), exportAudit(deps), showAuditCausation(deps)],
})
