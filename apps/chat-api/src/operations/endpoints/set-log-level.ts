import { type BaseDeps, endpoint, logLevelOrder, orderLogLevel } from '@taskflow/service-kit'
import { z } from 'zod'

const answer = logLevelOrder.extend({ until: z.string() }).meta({ id: 'LogLevel' })

/** Reaches the replicas that run now; one that starts later logs as configured. */
export const setLogLevel = ({ pool, clock }: Pick<BaseDeps, 'pool' | 'clock'>) =>
  endpoint({
    method: 'put',
    path: '/api/v1/admin/log-level',
    summary: 'Have all replicas of a service log more or less for a while',
    access: 'admin',
    body: logLevelOrder,
    example: { service: 'reminder-service', level: 'debug', minutes: 15 },
    answers: { 200: answer },
    handle: async ({ body }) => {
      await orderLogLevel(pool, body)
      return { status: 200, body: { ...body, until: clock.now().add({ minutes: body.minutes }).toString() } }
    },
  })
