import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startLane } from '../lane.ts'
import type { WayName } from '../role.ts'
import { type Database, type Stand, startStand } from '../stand.ts'

/** Not how fast, only that each way works: what a bench measures must be what it says. */
describe('every way brings events to their effect', () => {
  let stand: Stand
  let database: Database
  before(async () => {
    stand = await startStand()
    database = await stand.createDatabase('ways')
  })
  after(() => stand?.stop())

  const topics: Record<WayName, string> = {
    bareSingle: 'bench-single',
    bareBulk: 'bench-bulk',
    usual: 'bench-usual',
    project: 'task-events',
  }
  for (const [way, topic] of Object.entries(topics) as [WayName, string][]) {
    test(way, async () => {
      const lane = await startLane(stand, way, { topic, database })
      assert.ok((await lane.drain(200)) > 0)
      const latencies = await lane.latencies(10, 50)
      assert.ok(latencies.length === 10 && latencies.every((each) => each > 0))
      await lane.stop()
    })
  }
})
