import { type Topic, topics } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, serviceNames } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'

const subscription = z.strictObject({
  service: z.enum(serviceNames),
  topic: z.enum(Object.keys(topics) as [Topic, ...Topic[]]),
})

export const pausedSubscription = z
  .object({ topic: z.string(), paused_by: z.enum(['operator', 'service']), paused_at: z.string(), reason: z.string() })
  .meta({ id: 'PausedSubscription' })

const answer = z.object({ paused: z.array(pausedSubscription) }).meta({ id: 'PausedSubscriptions' })

/** Has a consumer take no more events of a topic: they stay in Kafka. */
export const pauseSubscription = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/subscriptions/pause',
    summary: 'Pause a subscription of a service: its events stay in Kafka',
    access: 'admin',
    body: subscription.extend({ note: text(1, 1_000) }),
    answers: { 200: answer },
    handle: async ({ body: { service, ...body }, origin }) => ({
      status: 200,
      body: await sidecar.invoke<z.infer<typeof answer>>(service, 'operator/pause', origin, body),
    }),
  })

export const resumeSubscription = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/subscriptions/resume',
    summary: 'Resume a paused subscription; for some minutes the service does not pause it by itself',
    access: 'admin',
    body: subscription.extend({ minutes: z.int().min(0).max(1_440).default(10) }),
    answers: { 200: answer },
    handle: async ({ body: { service, ...body }, origin }) => ({
      status: 200,
      body: await sidecar.invoke<z.infer<typeof answer>>(service, 'operator/resume', origin, body),
    }),
  })
