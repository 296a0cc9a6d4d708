import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { serviceDatabaseUrl } from '@taskflow/database'
import { environmentPrefix, serviceNames, services } from '@taskflow/service-kit'
import { check, untilQuiet, withClient } from '../faults/checks.ts'
import { startLoad } from '../faults/load.ts'
import { type Drill, lightLoad } from './drill.ts'
import { startServices } from './members.ts'

const secret = () => randomBytes(24).toString('hex')

/** As in a rolling update: each service starts with new secrets, then the old one stops. */
export const rotateSecrets: Drill = {
  name: 'tokens and database passwords changed while people write',
  run: async (mesh) => {
    const load = await startLoad(mesh, lightLoad)
    await delay(3_000)
    const tokens = { APP_API_TOKEN: secret(), DAPR_API_TOKEN: secret(), LINK_SECRET: secret() }
    const passwords = Object.fromEntries(serviceNames.map((name) => [name, secret()]))
    const refusedBefore = load.acknowledged.refused
    await withClient(mesh.databaseUrl, async (client) => {
      for (const name of serviceNames) {
        await client.query(`ALTER ROLE ${services[name].role} PASSWORD '${passwords[name]}'`)
      }
    })
    const changed = performance.now()
    for (const name of serviceNames) {
      const former = mesh.members[name]
      const url = serviceDatabaseUrl(mesh.databaseUrl, name, passwords[name]!)
      await startServices(mesh, [name], {
        ...tokens,
        [`${environmentPrefix(name)}_DATABASE_URL`]: url,
        ...(name === 'chat-api' ? { STATESTORE_DATABASE_URL: url } : {}),
      })
      if (name === 'chat-api') {
        load.urls.splice(0, 1, mesh.url)
        await delay(1_000)
      }
      await former.app.stop()
      await former.sidecar.stop()
    }
    const took = (performance.now() - changed) / 1_000
    const refused = load.acknowledged.refused - refusedBefore
    await delay(3_000)
    await load.stop()
    const { seconds, last } = await untilQuiet(mesh, 120)
    const { lost, doubled, remarks } = await check(mesh, load.acknowledged)
    if (seconds === undefined) remarks.push(`not quiet: ${last}`)
    return {
      lost,
      doubled,
      remarks,
      summary: `five services in ${took.toFixed(0)} s, ${refused} writes refused meanwhile`,
    }
  },
}
