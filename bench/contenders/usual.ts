import { CommunicationProtocolEnum, DaprClient, DaprServer, LogLevel } from '@dapr/dapr'
import pg from 'pg'
import { type BenchEvent, makeEvents } from '../events.ts'
import { type Contender, inParallel } from './contender.ts'

/**
 * (c) The usual way: commit, then publish with the Dapr SDK, one event a call; the consumer is a DaprServer whose
 * handler inserts a row. Simple, but a crash between commit and publish loses an event, and a redelivery repeats an
 * effect. For fairness its commits are not measured, as those of the outbox are not.
 */
export const usual: Contender = {
  publisher: async ({ topic, sidecarUrl, daprApiToken, serviceDatabaseUrl }) => {
    const { hostname, port } = new URL(sidecarUrl)
    const client = new DaprClient({
      daprHost: hostname,
      daprPort: port,
      daprApiToken,
      communicationProtocol: CommunicationProtocolEnum.HTTP,
      logger: { level: LogLevel.Error },
    })
    const pool = new pg.Pool({ connectionString: serviceDatabaseUrl, max: 10 })
    const commit = (events: BenchEvent[]) =>
      pool.query('INSERT INTO bench.usual_tasks (id) SELECT * FROM unnest($1::uuid[])', [events.map(({ key }) => key)])
    const publish = async ({ key, text }: BenchEvent) => {
      const answer = await client.pubsub.publish('kafka-pubsub', topic, JSON.parse(text).data, {
        metadata: { partitionKey: key },
      })
      if (answer.error) throw answer.error
    }
    return {
      publishMany: async (count, begin) => {
        const events = makeEvents(count)
        await commit(events)
        begin()
        await inParallel(events, 32, publish)
      },
      publishOne: async (stamp) => {
        const [event] = makeEvents(1)
        await commit([event!])
        stamp(event!.key)
        await publish(event!)
      },
      stop: async () => {
        await client.stop()
        await pool.end()
      },
    }
  },

  consumer: async ({ topic, port, sidecarUrl, daprApiToken, serviceDatabaseUrl }, taken) => {
    const pool = new pg.Pool({ connectionString: serviceDatabaseUrl, max: 10 })
    const sidecar = new URL(sidecarUrl)
    const server = new DaprServer({
      serverHost: '127.0.0.1',
      serverPort: String(port),
      communicationProtocol: CommunicationProtocolEnum.HTTP,
      clientOptions: { daprHost: sidecar.hostname, daprPort: sidecar.port, daprApiToken },
      logger: { level: LogLevel.Error },
    })
    await server.pubsub.subscribe('kafka-pubsub', topic, async (data: { task: { id: string; title: string } }) => {
      await pool.query('INSERT INTO bench.usual_effects (task_id, title) VALUES ($1, $2)', [
        data.task.id,
        data.task.title,
      ])
      taken([data.task.id])
    })
    await server.start()
    return {
      stop: async () => {
        await server.stop()
        await pool.end()
      },
    }
  },
}
