import type { Mutation } from './mutation.ts'

const kit = 'libs/service-kit/src'

/** Between Kafka and the handlers. */
export const inboxMutations: Mutation[] = [
  {
    rule: 'Inbox',
    name: 'the inbox takes an event that it has already',
    edits: [
      {
        file: `${kit}/inbox/rows.ts`,
        from: 'ON CONFLICT (event_id) DO NOTHING',
        to: 'ON CONFLICT (event_id) DO UPDATE SET received_at = excluded.received_at',
      },
    ],
    faultCase: 'kill -9 of audit-logger before, during and after',
    finds: 'doubled',
    quick: true,
  },
  {
    rule: 'Inbox',
    name: 'a delivery is acknowledged before it is committed',
    edits: [
      {
        file: `${kit}/create-service-app.ts`,
        from: 'const status = await receive(',
        to: "const status = 'SUCCESS'; void receive(",
      },
    ],
    faultCase: 'kill -9 of audit-logger before, during and after',
    finds: 'lost',
    quick: true,
  },
  {
    rule: 'Inbox',
    name: 'the row of the inbox is committed before the effect',
    edits: [
      {
        file: `${kit}/inbox/receive.ts`,
        from: 'const isNew = await insertInbox(client, schema, batch, now.toString())',
        to: `const isNew = await insertInbox(client, schema, batch, now.toString())
  await client.query('COMMIT')
  await client.query('BEGIN')`,
      },
    ],
    faultCase: 'kill -9 of audit-logger before, during and after',
    finds: 'lost',
  },
  {
    rule: 'Inbox',
    name: 'an event that fails holds up its whole batch',
    edits: [
      { file: `${kit}/inbox/receive.ts`, from: `await client.query('ROLLBACK TO SAVEPOINT event')`, to: 'throw error' },
    ],
    faultCase: 'a handler that fails for one key only',
    finds: /the bad event is deferred|a good task is handled/,
  },
  {
    rule: 'Failing events',
    name: 'later events of a key do not wait behind one that failed',
    edits: [
      {
        file: `${kit}/inbox/rows.ts`,
        from: `WHERE state IN \${holding(subscription)} AND topic = $1`,
        to: 'WHERE false AND topic = $1',
      },
    ],
    faultCase: 'an event fails at audit-logger',
    finds: 'reordered',
  },
  {
    rule: 'Failing events',
    name: 'deferred events are retried from the newest on',
    edits: [
      {
        file: `${kit}/inbox/held-rows.ts`,
        from: 'ORDER BY partition, kafka_offset LIMIT 1 FOR UPDATE',
        to: 'ORDER BY partition, kafka_offset DESC LIMIT 1 FOR UPDATE',
      },
    ],
    faultCase: 'an event fails at audit-logger',
    finds: 'reordered',
  },
  {
    rule: 'Failing events',
    name: 'parked events are redriven from the newest on',
    edits: [
      { file: `${kit}/operator/dead-letters.ts`, from: 'const maxMatching = 1_000', to: 'const maxMatching = 1' },
      {
        file: `${kit}/operator/dead-letters.ts`,
        from: `ORDER BY received_at, event_id LIMIT \${maxMatching}`,
        to: `ORDER BY received_at DESC, event_id DESC LIMIT \${maxMatching}`,
      },
    ],
    faultCase: 'events that never succeed are parked',
    finds: 'reordered',
  },
  {
    rule: 'Failing events',
    name: 'an event is never parked',
    edits: [
      { file: `${kit}/inbox/retry-deferred.ts`, from: '(!isOurs && attempts >= retries.maxAttempts)', to: 'false' },
    ],
    faultCase: 'events that never succeed are parked',
    finds: /no event of the key is deferred/,
  },
  {
    rule: 'Failing events',
    name: 'nobody hears of a parked event',
    edits: [{ file: `${kit}/inbox/retry-deferred.ts`, from: 'if (parked) {', to: 'if (false) {' }],
    faultCase: 'events that never succeed are parked',
    finds: /were announced/,
  },
  {
    rule: 'Failing events',
    name: 'an event of a newer release is parked at once',
    edits: [
      { file: 'libs/event-contracts/src/parse-event.ts', from: `source.startsWith('/taskflow/') &&`, to: 'false &&' },
    ],
    faultCase: 'an event of a newer release waits',
    finds: /did not wait|holds 1 events/,
  },
  {
    rule: 'A service at fault',
    name: 'a fault of the service counts as an attempt',
    edits: [{ file: `${kit}/database/failures.ts`, from: '/^(25|28|3D|3F|42|57014|58|F0|XX)/', to: '/^none/' }],
    faultCase: 'a fault of the service at one key',
    finds: /attempts were counted/,
  },
  {
    rule: 'A service at fault',
    name: 'a service at fault goes on',
    edits: [
      {
        file: `${kit}/inbox/breaker.ts`,
        from: 'return state.keys.size >= limit && !pauses.mustRun(topic)',
        to: 'return false',
      },
    ],
    faultCase: 'a right revoked for three minutes',
    finds: /has paused the subscription/,
  },
  {
    rule: 'A service at fault',
    name: 'the pause of an operator is overlooked',
    edits: [{ file: `${kit}/inbox/breaker.ts`, from: `if (shared?.paused_by === 'operator') return 'paused'`, to: '' }],
    faultCase: 'an operator pauses a subscription',
    finds: /handled while it was paused/,
  },
  {
    rule: 'A service at fault',
    name: 'a replica begins before its tables are there',
    edits: [
      { file: `${kit}/database/schema-gate.ts`, from: 'let isOpen = needs === undefined', to: 'let isOpen = true' },
    ],
    faultCase: 'a migration slower than the roll-out',
    finds: /before its migration/,
  },
]
