import type { Mutation } from './mutation.ts'

/** What handlers, loops and requests do. */
export const effectMutations: Mutation[] = [
  {
    rule: 'Order',
    name: 'a projection takes an older version',
    edits: [
      {
        file: 'apps/reminder-service/src/domain/projection.ts',
        from: 'WHERE known.version < excluded.version',
        to: 'WHERE true',
      },
    ],
    faultCase: 'an event is redriven after a later one',
    finds: 'lost',
  },
  {
    rule: 'Reconciliation',
    name: 'nobody looks for recurring tasks without an open one',
    edits: [
      {
        file: 'apps/recurring-processor/src/loops/missing-tasks.ts',
        from: 'ids.slice(0, most)',
        to: 'ids.slice(0, 0)',
      },
    ],
    faultCase: 'the completion of a recurring task is lost',
    finds: /the next task exists/,
  },
  {
    rule: 'Deleted accounts',
    name: 'events of deleted accounts are handled',
    edits: [
      {
        file: 'libs/service-kit/src/inbox/rows.ts',
        from: 'if (userIds.length === 0) return new Set()',
        to: 'if (userIds.length >= 0) return new Set()',
      },
    ],
    faultCase: 'accounts deleted, recurring tasks edited',
    finds: /rows of deleted accounts are left/,
  },
  {
    rule: 'Writers',
    name: 'a repeated request is done again',
    edits: [
      { file: 'apps/chat-api/src/http/idempotency.ts', from: 'if (first) return {', to: 'if (!request_hash) return {' },
      {
        file: 'apps/chat-api/src/http/idempotency.ts',
        from: 'identity.idempotency_keys VALUES ($1, $2, $3, $4, $5)',
        to: 'identity.idempotency_keys VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      },
    ],
    faultCase: 'kill -9 of chat-api between COMMIT and answer',
    finds: 'doubled',
  },
  {
    rule: 'Clocks',
    name: 'each replica goes by its own clock',
    edits: [
      {
        file: 'libs/service-kit/src/database/database-clock.ts',
        from: 'ahead = Math.round(measured)',
        to: 'ahead = 0',
      },
    ],
    faultCase: 'the clocks of reminder-service and notification-service',
    finds: 'doubled',
  },
  {
    rule: 'Clocks',
    name: 'a reminder fires a minute early',
    edits: [
      {
        file: 'apps/reminder-service/src/domain/fire-due.ts',
        from: 'lte(schedule.at, now.toString())',
        to: 'lte(schedule.at, now.add({ minutes: 1 }).toString())',
      },
    ],
    faultCase: 'the clocks of reminder-service and notification-service',
    finds: /fired before their time/,
  },
  {
    rule: 'Mail and webhooks',
    name: 'a mail is sent without a claim',
    edits: [
      {
        file: 'apps/notification-service/src/domain/claim.ts',
        from: '.set({ claimed_until, message_id, attempts, copies })',
        to: '.set({ message_id, attempts, copies })',
      },
    ],
    faultCase: 'the clocks of reminder-service and notification-service',
    finds: 'doubled',
  },
]
