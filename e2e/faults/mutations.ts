/** An edit of the source: replaces `from` by `to`. */
export interface Edit {
  file: string
  from: string
  to: string
}

/** Breaks one rule of delivery; `faultCase` must then report `finds`. */
export interface Mutation {
  name: string
  edits: Edit[]
  /** Beginning of the name of a case. */
  faultCase: string
  finds: 'lost' | 'doubled' | 'reordered'
}

const kit = 'libs/service-kit/src'

export const mutations: Mutation[] = [
  {
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
  },
  {
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
  },
  {
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
  },
  {
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
  },
]
