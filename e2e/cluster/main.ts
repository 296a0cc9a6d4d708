import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { choose, readOptions } from '@taskflow/command-line'
import { describeError, fixOf, PartError } from '@taskflow/local-mesh'
import { checks } from './checks.ts'
import { type Cluster, reachCluster } from './cluster.ts'
import { kubectl } from './kubectl.ts'
import { untilReady } from './pods.ts'

const usage = `npm run verify:k8s [-- options]

Applies k8s/overlays/minikube to kubectl's current context and checks that it works: one line per check. Exits with 1 when
one fails. Creates accounts at example.com and deletes them; replaces all pods, several times.

  --as-is      do not apply anything
  --quick      without the checks that replace pods
  --only TEXT  only the checks whose name contains TEXT; implies --as-is
  --url URL    public address of chat-api, such as that of the Ingress; port-forwards by default
  --help       this text`

const options = readOptions(usage, {
  'as-is': { type: 'boolean' },
  quick: { type: 'boolean' },
  only: { type: 'string' },
  url: { type: 'string' },
})
const chosen = choose(usage, checks, options.only).filter(({ replacesPods }) => !(options.quick && replacesPods))

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
    const fix = fixOf(error)
    console.log(`FAIL  ${name} (${seconds()}): ${describeError(error)}${fix ? `. To fix it: ${fix}` : ''}`)
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
  (options['as-is'] || options.only !== undefined || (await passes('apply', 120, apply))) &&
  (await passes('pods', 400, () => untilReady(360)))
if (isReady) {
  cluster = await reachCluster(options.url)
  for (const { name, within, run, replacesPods } of chosen) {
    // A fault that failed leaves the cluster in a state in which the next would fail, too.
    if (!(await passes(name, within, () => run(cluster!))) && replacesPods) break
  }
  await cluster.leave()
}

process.exit()
