import { existsSync } from 'node:fs'
import { type Kafka, kafkaOf } from '@taskflow/kafka-admin'
import type { BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'
import type { HttpDeps } from '../http/deps.ts'
import { createEventTail, type EventTail } from './event-tail.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { registerLagGauge } from './metrics.ts'

export const operationSettings = {
  /** Where consumer lag is read; without it lag is unknown. */
  KAFKA_BROKERS: z.string().optional(),
  /** For SASL/SCRAM-SHA-512 over TLS. KAFKA_CA: the file of the brokers' certificate authority, unless it is public. */
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_CA: z.string().refine(existsSync, 'is not a file that can be read').optional(),
  /** Where mail is caught instead of sent (an API like Mailpit's). */
  MAILBOX_URL: z.url({ protocol: /^https?$/ }).optional(),
}

export interface OperationDeps extends HttpDeps {
  /** undefined without KAFKA_BROKERS. */
  kafka: Kafka | undefined
  mailbox: Mailbox
  eventTail: EventTail
}

type OwnDeps = Pick<OperationDeps, Exclude<keyof OperationDeps, keyof HttpDeps>>

export const createOperationDeps = (
  config: z.infer<z.ZodObject<typeof operationSettings>>,
  base: BaseDeps,
  overrides: Partial<OwnDeps>,
): OwnDeps => {
  const kafka = overrides.kafka ?? kafkaOf(config)
  if (kafka) registerLagGauge(base, kafka)
  return {
    kafka,
    mailbox: overrides.mailbox ?? createMailbox(config.MAILBOX_URL),
    eventTail: overrides.eventTail ?? createEventTail(base),
  }
}
