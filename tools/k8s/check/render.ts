import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serviceNames } from '@taskflow/service-kit'
import { parseAllDocuments } from 'yaml'

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes are checked part by part
export type KubernetesObject = any
export interface Rendered {
  name: string
  text: string
  objects: KubernetesObject[]
}

const manifests = join(import.meta.dirname, '../../../k8s')
const run = promisify(execFile)

/** Changes that an operator may make in overlays/production/kustomization.yaml, as [line, replacement]. */
const choices = {
  'production, another Kafka, secrets from files, restored': [
    ['components/strimzi # or existing-kafka', 'components/existing-kafka'],
    ['components/external-secrets # or secrets-from-file', 'components/secrets-from-file'],
    ['# - ../../components/restore', '- ../../components/restore'],
    ['# - ../../components/traces', '- ../../components/traces'],
  ],
  'production without KEDA and monitoring': [
    ['- ../../components/keda # without it, by CPU', ''],
    ['- ../../components/monitoring # needs the Prometheus Operator', ''],
  ],
} as const

/**
 * Renders every overlay as `kubectl apply -k` would, production also with its options; secrets come from the example
 * files.
 */
export const renderAll = async ({ kustomize }: { kustomize: string }): Promise<Rendered[]> => {
  const copy = await mkdtemp(join(tmpdir(), 'taskflow-k8s-'))
  try {
    await cp(manifests, copy, { recursive: true })
    for (const name of ['taskflow', ...serviceNames.map((each) => `sidecar-${each}`)]) {
      const folder = join(copy, 'components/secrets-from-file')
      await rename(join(folder, `${name}.example.env`), join(folder, `${name}.env`))
    }
    const rendered: Rendered[] = []
    for (const name of ['minikube', 'production', 'logs']) rendered.push(await render(name, manifests))
    const file = join(copy, 'overlays/production/kustomization.yaml')
    const text = await readFile(file, 'utf8')
    for (const [name, changes] of Object.entries(choices)) {
      await writeFile(file, changes.reduce(changed, text))
      rendered.push(await render(name, copy))
    }
    return rendered
  } finally {
    await rm(copy, { recursive: true, force: true })
  }

  async function render(name: string, folder: string): Promise<Rendered> {
    const overlay = join(folder, 'overlays', name.split(/\W/)[0]!)
    const { stdout: text } = await run(kustomize, ['build', overlay], { maxBuffer: 64 * 2 ** 20 })
    return { name, text, objects: parseAllDocuments(text).map((document) => document.toJS()) }
  }
}

const changed = (text: string, [line, instead]: readonly [string, string]): string => {
  if (!text.includes(line)) throw new Error(`overlays/production/kustomization.yaml has no line "${line}"`)
  return text.replace(line, instead)
}
