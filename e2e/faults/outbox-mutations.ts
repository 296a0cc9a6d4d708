import type { Mutation } from './mutation.ts'

const kit = 'libs/service-kit/src'

/** Between a change and Kafka. */
export const outboxMutations: Mutation[] = [
  {
    rule: 'Outbox',
    name: 'an event is written after its change was committed',
    edits: [
      {
        file: `${kit}/outbox/append-events.ts`,
        from: 'await tx.$client.query({',
        to: 'tx.afterCommit.push(() => void tx.$client.query({',
      },
      {
        file: `${kit}/outbox/append-events.ts`,
        from: `events.map((e) => e.key), texts],
  })`,
        to: `events.map((e) => e.key), texts],
  }))`,
      },
    ],
    faultCase: 'kill -9 of chat-api between COMMIT and answer',
    finds: 'lost',
  },
  {
    rule: 'Outbox',
    name: 'a change does not lock its task',
    edits: [
      {
        file: 'libs/tasks/src/task/find-task.ts',
        from: `where(ownTask(user_id, id)).for('update')`,
        to: 'where(ownTask(user_id, id))',
      },
    ],
    faultCase: 'two hundred changes of one task',
    finds: /its version is/,
  },
  {
    rule: 'Relay',
    name: 'the relay reads on from the last id it has seen',
    edits: [
      { file: `${kit}/outbox/rows.ts`, from: 'id <> ALL ($1::bigint[])', to: 'id > ALL ($1::bigint[])' },
      {
        file: `${kit}/outbox/lanes.ts`,
        from: 'known.set(row.id, row.event.length)',
        to: 'known.set(row.id, row.event.length), (known.last = Math.max(known.last ?? 0, row.id))',
      },
      { file: `${kit}/outbox/lanes.ts`, from: 'known: () => [...known.keys()]', to: 'known: () => [known.last ?? 0]' },
    ],
    faultCase: 'a transaction that commits 5 s after later ones',
    finds: 'lost',
    quick: true,
  },
  {
    rule: 'Relay',
    name: 'the relay has several events of a key in flight',
    edits: [
      {
        file: `${kit}/outbox/lanes.ts`,
        from: 'rows.push(lanes.get(lane)![0]!)',
        to: 'rows.push(lanes.get(lane)!.shift()!); if (lanes.get(lane)!.length > 0) waiting.add(lane)',
      },
      { file: `${kit}/outbox/lanes.ts`, from: 'lane.shift()\n', to: '\n' },
      { file: `${kit}/outbox/lanes.ts`, from: 'else lanes.delete(laneOf(row))', to: '' },
      {
        file: `${kit}/outbox/lanes.ts`,
        from: 'if (lane) lane.push(row)',
        to: 'if (lane) lane.push(row), makeReady(row)',
      },
      {
        file: `${kit}/outbox/lanes.ts`,
        from: 'giveBack: (row: OutboxRow) => makeReady(row)',
        to: 'giveBack: (row: OutboxRow) => { lanes.get(laneOf(row))!.unshift(row); makeReady(row) }',
      },
    ],
    faultCase: 'the broker away for 20 s',
    finds: 'reordered',
    quick: true,
  },
  {
    rule: 'Relay',
    name: 'the relay deletes what a call did not get into Kafka',
    edits: [
      {
        file: `${kit}/outbox/active-relay.ts`,
        from: `for (const row of rows) lanes.giveBack(row)
    if (result.status`,
        to: `for (const row of rows) { lanes.done(row); work.published.push(row.id) }
    if (result.status`,
      },
    ],
    faultCase: 'kill -9 of the broker',
    finds: 'lost',
  },
  {
    rule: 'Relay',
    name: 'the relay deletes what the broker refused of a call',
    edits: [
      {
        file: `${kit}/outbox/active-relay.ts`,
        from: 'if (result.failed.has(row.event_id)) lanes.giveBack(row)',
        to: 'if (false) lanes.giveBack(row)',
      },
    ],
    faultCase: 'the broker refuses one topic',
    finds: 'lost',
  },
  {
    rule: 'Relay',
    name: 'an event that can never be published stays in the outbox',
    edits: [{ file: `${kit}/outbox/active-relay.ts`, from: 'await setAside(client, schema, row.id, reason)', to: '' }],
    faultCase: 'an event that no broker takes',
    finds: /set aside/,
  },
  {
    rule: 'Relay',
    name: 'the lock of a relay is no lease',
    edits: [
      { file: `${kit}/outbox/relay.ts`, from: `SET idle_session_timeout = '5s'`, to: `SET idle_session_timeout = '0'` },
    ],
    faultCase: 'SIGSTOP of every service',
    finds: /kept the relay/,
  },
  {
    rule: 'A database host that vanishes',
    name: 'statements wait without a limit',
    edits: [
      { file: `${kit}/database/pool.ts`, from: 'answerTimeout = 12_000', to: 'answerTimeout = 12_000_000' },
      { file: `${kit}/database/transaction.ts`, from: 'query_timeout: 5_000', to: 'query_timeout: 5_000_000' },
    ],
    faultCase: 'the host of the database vanishes',
    finds: /writes go on/,
  },
]
