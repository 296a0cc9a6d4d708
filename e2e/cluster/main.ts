import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { describeError, PartError } from '@taskflow/local-mesh'
import { checks } from './checks.ts'
import { type Cluster, reachCluster } from './cluster.ts'
import { kubectl } from './kubectl.ts'
import { untilReady } from './pods.ts'

const usage = `npm run verify:k8s [-- options]

Applies k8s/overlays/minikube where kubectl's current context leads, and checks that it does its job: one line a check, exit 1
when one fails. Makes accounts at example.com and deletes them; replaces all pods, several times.

  --as-is      leave what is applied as it is
  --quick      without the checks that replace pods
  --only TEXT  the checks whose name holds it, and --as-is
  --url URL    where people reach chat-api, such as that of the Ingress; otherwise by port-forwards
  --help       this text`

const { values } = parseArgs({
  options: {
    ...{ 'as-is': { type: 'boolean' }, quick: { type: 'boolean' }, help: { type: 'boolean' } },
    ...{ only: { type: 'string' }, url: { type: 'string' } },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

let cluster: Cluster | undefined
// Reverts what checks have changed; the next run deletes the accounts.
const interrupt = (code: number) => void Promise.resolve(cluster?.leave()).finally(() => process.exit(code))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt(130))
// Someone in the load could not write for two minutes.
process.once('unhandledRejection', (error) => {
  console.log(`FAIL  load: ${describeError(error)}`)
  interrupt(1)
})

/** Runs a check, prints its outcome in one line, and returns whether it passed. */
const passes = async (name: string, within: number, run: () => Promise<string>): Promise<boolean> => {
  const began = performance.now()
  const seconds = () => `${((performance.now() - began) / 1_000).toFixed(0)} s`
  const progress = setInterval(() => console.error(`... ${name}, ${seconds()}`), 30_000)
  const late = delay(within * 1_000, undefined, { ref: false }).then(() => {
    throw new PartError(`not done within ${within} s`)
  })
  try {
    const found = await Promise.race([run(), late])
    console.log(`ok    ${name} (${seconds()}): ${found}`)
    return true
  } catch (error) {
    const fix = error instanceof PartError && error.fix ? `. To fix it: ${error.fix}` : ''
    console.log(`FAIL  ${name} (${seconds()}): ${describeError(error)}${fix}`)
    process.exitCode = 1
    return false
  } finally {
    clearInterval(progress)
  }
}

const findContext = async (): Promise<string> => {
  const context = (await kubectl(['config', 'current-context'])).trim()
  await kubectl(['get', '--raw', '/readyz'])
  await kubectl(['get', 'crd', 'components.dapr.io']).catch(() => {
    throw new PartError('Dapr is not installed in this cluster', {
      fix: 'dapr init -k --runtime-version 1.18.2 --wait',
    })
  })
  return context
}

const apply = async (): Promise<string> => {
  const applied = await kubectl(['apply', '--kustomize', join(import.meta.dirname, '../../k8s/overlays/minikube')])
  return `${applied.trim().split('\n').length} objects`
}

const isReady =
  (await passes('context', 60, findContext)) &&
  (values['as-is'] || values.only !== undefined || (await passes('apply', 120, apply))) &&
  (await passes('pods', 400, () => untilReady(360)))
if (isReady) {
  cluster = await reachCluster(values.url)
  const chosen = checks.filter(
    ({ name, replacesPods }) => name.includes(values.only ?? '') && !(values.quick && replacesPods),
  )
  for (const { name, within, run, replacesPods } of chosen) {
    // A fault that failed leaves the cluster in a state in which the next would fail, too.
    if (!(await passes(name, within, () => run(cluster!))) && replacesPods) break
  }
  await cluster.leave()
}

process.exit()
