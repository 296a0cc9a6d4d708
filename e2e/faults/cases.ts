import { brokerCases } from './broker-cases.ts'
import { diskCases } from './disk-cases.ts'
import { eventCases } from './event-cases.ts'
import type { FaultCase } from './fault-case.ts'
import { hostCases } from './host-cases.ts'
import { loadCases } from './load-cases.ts'
import { processCases } from './process-cases.ts'
import { replicaCases } from './replica-cases.ts'
import { systemicCases } from './systemic-cases.ts'

export const cases: FaultCase[] = [
  ...processCases,
  ...loadCases,
  ...replicaCases,
  ...eventCases,
  ...systemicCases,
  ...hostCases,
  ...diskCases,
  ...brokerCases,
]
