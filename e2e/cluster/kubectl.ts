import { execFile } from 'node:child_process'

import { PartError } from '@taskflow/local-mesh'

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes are looked at part by part
export type KubernetesObject = any

export const namespace = 'taskflow'

/** Runs kubectl with its current context in TaskFlow's namespace. Returns its output. */
export const kubectl = (args: string[], input?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      'kubectl',
      ['--namespace', namespace, ...args],
      { maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout)
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
          return reject(new PartError('kubectl is not installed', { fix: 'install kubectl 1.33 or newer' }))
        }
        reject(new PartError(`kubectl ${args.slice(0, 3).join(' ')}: ${stderr.trim().split('\n').at(-1)}`))
      },
    )
    child.stdin?.end(input)
  })

/** The objects of `kubectl get ARGS`. */
export const getObjects = async (...args: string[]): Promise<KubernetesObject[]> =>
  JSON.parse(await kubectl(['get', ...args, '--output', 'json'])).items

/** One value of a Secret. */
export const readSecret = async (name: string, key: string): Promise<string> => {
  const { data } = JSON.parse(await kubectl(['get', 'secret', name, '--output', 'json'])) as {
    data: Record<string, string>
  }
  return Buffer.from(data[key] ?? '', 'base64').toString()
}
