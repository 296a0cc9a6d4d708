import type { infer as Infer } from 'zod'
import type { EventRecord as Recorded } from '../../../chat-api/src/operations/endpoints/event-query.ts'
import type { chain } from '../../../chat-api/src/operations/endpoints/show-chain.ts'
import type { letter } from '../../../chat-api/src/operations/endpoints/show-dead-letter.ts'
import type { lag } from '../../../chat-api/src/operations/endpoints/show-lag.ts'
import type { away, component, self, topic } from '../../../chat-api/src/operations/endpoints/show-mesh.ts'
import type { delivery } from '../../../chat-api/src/operations/endpoints/show-outbox.ts'
import type { fired, reminder, series } from '../../../chat-api/src/operations/endpoints/show-schedules.ts'
import type { story } from '../../../chat-api/src/operations/endpoints/show-story.ts'
import type { heldEvent } from '../../../chat-api/src/operations/dead-letters.ts'
import type { CaughtMail as Mail, Mailbox } from '../../../chat-api/src/operations/mailbox.ts'

/** What /api/v1/admin answers, as its own schemas say; docs/operations.md tells what it means. Types only. */
export type Self = Infer<typeof self>
export type Service = Self | Infer<typeof away>
export interface Mesh {
  measured_at: string
  services: Record<string, Service>
  components: Infer<typeof component>[]
  topics: Infer<typeof topic>[]
  unreachable: string[]
}

export type Lag = Infer<typeof lag>
export interface LagReading {
  measured_at: string
  data: Lag[]
}

export type Delivery = Infer<typeof delivery>
export interface OutboxReading {
  measured_at: string
  services: Record<string, Delivery>
  unreachable: string[]
}

export type EventRecord = Recorded
export type Story = Infer<typeof story>

/** An event in the tree of causes and effects. */
export interface Cause {
  event_id: string
  type: string
  source: string
  time: string
  caused: Cause[]
}

export type HeldEvent = Infer<typeof heldEvent>
export type DeadLetter = Infer<typeof letter>
export interface DeadLetters {
  data: HeldEvent[]
  unreachable: string[]
}

export type Chain = Infer<typeof chain>
type CaughtMail = Mail
export type ShownMail = Awaited<ReturnType<Mailbox['show']>>

export interface Schedules {
  reminders: Infer<typeof reminder>[]
  series: Infer<typeof series>[]
  last_fired: Infer<typeof fired>[]
  unreachable: string[]
}

export interface CaughtMails {
  data: CaughtMail[]
  total: number
}
