import { type Finding, nameOf } from './findings.ts'
import type { KubernetesObject } from './render.ts'

/** What only the cluster may ask, by the first part of the path. */
const inner = ['readyz', 'operator', 'dapr', 'events', 'metrics']
const nginx = 'nginx.ingress.kubernetes.io'

/** Checks that an Ingress limits what one address may ask, and keeps the paths of the mesh inside. */
export const checkIngress = (objects: KubernetesObject[]): Finding[] =>
  objects
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap((object) => {
      const { annotations = {} } = object.metadata
      const found = (message: string): Finding => ({ check: 'ingress', object: nameOf(object), message })
      const paths = object.spec.rules.flatMap(({ http }: KubernetesObject) => http.paths)
      return [
        ...['limit-rps', 'limit-connections']
          .filter((name) => !(Number(annotations[`${nginx}/${name}`]) > 0))
          .map((name) => found(`has no ${name}`)),
        ...inner
          .filter(
            (name) => backendOf(`/${name}`, paths) === 'chat-api' || backendOf(`/${name}/x`, paths) === 'chat-api',
          )
          .map((name) => found(`routes /${name} to chat-api`)),
      ]
    })

/** The Service that gets a request: the longest path that fits. */
const backendOf = (path: string, paths: KubernetesObject[]): string | undefined => {
  const fits = (each: KubernetesObject) => each.path === '/' || path === each.path || path.startsWith(`${each.path}/`)
  const [longest] = paths.filter(fits).sort((a, b) => b.path.length - a.path.length)
  return longest?.backend.service.name
}
