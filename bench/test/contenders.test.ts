import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startLane } from '../lane.ts'
import type { ContenderName } from '../role.ts'
import { type Database, startTestbed, type Testbed } from '../testbed.ts'

/** Checks that each contender works, not how fast it is: a benchmark must measure what it claims. */
describe('every contender handles its events', () => {
  let testbed: Testbed
  let database: Database
  before(async () => {
    testbed = await startTestbed()
    database = await testbed.createDatabase('contenders')
  })
  after(() => testbed?.stop())

  const topics: Record<ContenderName, string> = {
    bareSingle: 'bench-single',
    bareBulk: 'bench-bulk',
    usual: 'bench-usual',
    project: 'task-events',
  }
  for (const [contender, topic] of Object.entries(topics) as [ContenderName, string][]) {
    test(contender, async () => {
      const lane = await startLane(testbed, contender, { topic, database })
      assert.ok((await lane.drain(200)) > 0)
      const latencies = await lane.latencies(10, 50)
      assert.ok(latencies.length === 10 && latencies.every((each) => each > 0))
      await lane.stop()
    })
  }
})
