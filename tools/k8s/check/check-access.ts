import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import { buildService } from './build-service.ts'
import type { Finding } from './findings.ts'
import type { KubernetesObject } from './render.ts'

/** The service that invokes all others. */
const gateway = 'chat-api'
/** What others may invoke of it. */
const ofGateway = ['reminder-service: GET /operator/task-versions', 'reminder-service: GET /operator/tasks']
/** Routes that are not for chat-api: of probes, Prometheus and the service's own sidecar. */
const notInvoked = /^GET \/(healthz|readyz|readyz\/requests|metrics)$|^(GET \/dapr|POST \/events)\//

/** What may be invoked of each service, as `caller: METHOD /path`: the routes of the code. */
export const invokableRoutes = async (): Promise<Record<string, string[]>> => {
  const routes = async (name: ServiceName) =>
    name === gateway
      ? ofGateway
      : (await buildService(name)).app
          .routes()
          .filter((route) => !notInvoked.test(route))
          .map((route) => `${gateway}: ${route}`)
  return Object.fromEntries(await Promise.all(serviceNames.map(async (name) => [name, await routes(name)])))
}

/** Checks that sidecars allow exactly the invocations that the services have routes for, by their callers alone. */
export const checkAccess = (objects: KubernetesObject[], invokable: Record<string, string[]>): Finding[] => {
  const namespace = objects.find(({ kind }) => kind === 'Namespace')?.metadata.name
  return Object.entries(invokable).flatMap(([name, expected]) => {
    const object = `Configuration/${name}`
    const found = (message: string): Finding => ({ check: 'access', object, message })
    const spec = objects.find(({ kind, metadata }) => kind === 'Configuration' && metadata.name === name)?.spec
    if (spec?.accessControl?.defaultAction !== 'deny') return [found('does not deny by default')]
    const allowed = (spec.accessControl.policies ?? []).flatMap((policy: KubernetesObject) =>
      permitted(policy, namespace),
    )
    return [
      ...(Number(spec.tracing?.samplingRate) > 0
        ? []
        : [found('without tracing, a service cannot tell invocations from deliveries')]),
      ...expected.filter((each) => !allowed.includes(each)).map((each) => found(`denies ${each}`)),
      ...allowed.filter((each: string) => !expected.includes(each)).map((each: string) => found(`allows ${each}`)),
    ]
  })
}

/** What a policy allows, as `app: METHOD /path`; anything unusual by a name that no route has. */
const permitted = (policy: KubernetesObject, namespace: string): string[] => {
  const { appId, defaultAction, trustDomain, operations = [] } = policy
  const isOurs = policy.namespace === namespace && trustDomain === 'public'
  return [
    ...(defaultAction === 'deny' ? [] : [`${appId}: everything`]),
    ...(isOurs ? [] : [`${appId}: of another namespace or trust domain`]),
    ...operations
      .filter(({ action }: KubernetesObject) => action === 'allow')
      .flatMap(({ name, httpVerb }: KubernetesObject) => httpVerb.map((verb: string) => `${appId}: ${verb} ${name}`)),
  ]
}
