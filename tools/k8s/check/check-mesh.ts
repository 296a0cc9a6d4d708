import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual as same } from 'node:util'
import { newSecrets } from '@taskflow/cluster-jobs/secrets'
import { environmentPrefix, type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import { parse } from 'yaml'
import { type Finding, nameOf } from './findings.ts'
import type { KubernetesObject } from './render.ts'

const root = join(import.meta.dirname, '../../..')
const readYaml = (path: string) => parse(readFileSync(join(root, path), 'utf8'))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** Checks that the manifests agree with the services, the components of `npm start` and the release. */
export const checkMesh = (objects: KubernetesObject[]): Finding[] => {
  const found: Finding[] = []
  const say = (check: string, object: KubernetesObject | string, message: string) =>
    found.push({ check, object: typeof object === 'string' ? object : nameOf(object), message })
  const named = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name)

  for (const name of serviceNames) {
    const deployment = named('Deployment', name)
    if (deployment) checkService(name, deployment)
    else say('service', `Deployment/${name}`, 'is missing')
  }
  checkScopes()
  const resiliency = named('Resiliency', 'taskflow')
  if (!same(resiliency?.spec, readYaml('dapr/resiliency.yaml').spec)) {
    say('resiliency', 'Resiliency/taskflow', 'differs from dapr/resiliency.yaml')
  }
  for (const object of objects) {
    if (object.kind === 'Job' && !object.metadata.name.endsWith(`-${version.replaceAll('.', '-')}`)) {
      say('release', object, `does not end with the version ${version}, and cannot be changed later`)
    }
    const text = JSON.stringify(object)
    for (const [, image] of text.matchAll(/"image":"(taskflow\/[^"]+)"/g)) {
      if (!image!.endsWith(`:${version}`)) say('release', object, `${image} is not version ${version}`)
    }
    for (const [, reference] of text.matchAll(/"secretKeyRef":(\{[^}]*\})/g)) {
      const { name, key, optional } = JSON.parse(reference!)
      const known = newSecrets()[name]
      if (known && !optional && !(key in known)) say('secrets', object, `the Secret ${name} has no ${key}`)
    }
  }
  for (const each of objects.filter(({ kind }) => kind === 'KafkaUser')) checkRights(each)
  return found

  function checkService(name: ServiceName, deployment: KubernetesObject) {
    const { metadata, spec } = deployment.spec.template
    const { port, role } = services[name]
    const annotation = (key: string) => metadata.annotations[`dapr.io/${key}`]
    const app = spec.containers.find((each: KubernetesObject) => each.name === 'app')
    const prefix = environmentPrefix(name)
    const url = app.env.find((each: KubernetesObject) => each.name === `${prefix}_DATABASE_URL`)?.value ?? ''
    const password = app.env.find((each: KubernetesObject) => each.name === 'DATABASE_PASSWORD')
    const needed = ['sidecar-cpu-request', 'sidecar-cpu-limit', 'sidecar-memory-request', 'sidecar-memory-limit']
    for (const key of [...needed, 'graceful-shutdown-seconds', 'block-shutdown-duration']) {
      if (!annotation(key)) say('sidecar', deployment, `has no dapr.io/${key}`)
    }
    const soft = Number(/GOMEMLIMIT=(\d+)MiB/.exec(annotation('env') ?? '')?.[1])
    if (!(soft <= 0.85 * Number.parseInt(annotation('sidecar-memory-limit'), 10)))
      say('sidecar', deployment, 'dapr.io/env has no GOMEMLIMIT of at most 85 % of dapr.io/sidecar-memory-limit')
    const facts: [string, unknown, unknown][] = [
      ['dapr.io/app-id', annotation('app-id'), name],
      ['dapr.io/config', annotation('config'), name],
      ['dapr.io/app-port', annotation('app-port'), String(port)],
      ['the port of the container', app.ports[0].containerPort, port],
      ['dapr.io/app-token-secret', annotation('app-token-secret'), `sidecar-${name}`],
      ['dapr.io/api-token-secret', annotation('api-token-secret'), `sidecar-${name}`],
      ...['APP_API_TOKEN', 'DAPR_API_TOKEN'].map((token): [string, unknown, unknown] => [
        token,
        app.env.find((each: KubernetesObject) => each.name === token)?.valueFrom?.secretKeyRef?.name,
        `sidecar-${name}`,
      ]),
      ['dapr.io/enable-app-health-check', annotation('enable-app-health-check'), 'true'],
      ['the role in the database', url.match(/^postgres:\/\/(\w+):/)?.[1], role],
      ['the password', password?.valueFrom?.secretKeyRef?.key, `${prefix}_DATABASE_PASSWORD`],
    ]
    for (const [what, is, should] of facts)
      if (is !== should) say('service', deployment, `${what}: ${is}, not ${should}`)
    const period = spec.terminationGracePeriodSeconds
    const needs =
      Number.parseInt(annotation('block-shutdown-duration'), 10) + Number(annotation('graceful-shutdown-seconds'))
    if (period <= needs)
      say('service', deployment, `is killed after ${period} s, its sidecar may take ${needs} s to stop`)
  }

  function checkScopes() {
    const ours = named('Component', 'kafka-pubsub')
    const theirs = readYaml('dapr/components/kafka-pubsub.yaml')
    if (!ours) return say('scopes', 'Component/kafka-pubsub', 'is missing')
    if (!same(ours.scopes, theirs.scopes)) say('scopes', ours, 'other apps than dapr/components/kafka-pubsub.yaml')
    for (const { name, value } of theirs.spec.metadata) {
      if (value === undefined || ['authRequired', 'saslMechanism'].includes(name)) continue // the login to brokers differs
      if (metadataOf(ours, name) !== value)
        say('scopes', ours, `${name} differs from dapr/components/kafka-pubsub.yaml`)
    }
    for (const { scopes } of [named('Component', 'statestore') ?? {}]) {
      if (!same(scopes, ['chat-api'])) say('scopes', 'Component/statestore', 'is not for chat-api alone')
    }
  }

  /** The ACLs of a service's user must be exactly its scopes. */
  function checkRights(user: KubernetesObject) {
    const { name } = user.metadata
    if (!(serviceNames as string[]).includes(name)) return
    const pubsub = named('Component', 'kafka-pubsub')
    const scope = (which: string) =>
      (metadataOf(pubsub, which) ?? '')
        .split(';')
        .find((each) => each.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .split(',') ?? []
    const may = (operation: string) =>
      user.spec.authorization.acls
        .filter((each: KubernetesObject) => each.resource.type === 'topic' && each.operations.includes(operation))
        .map((each: KubernetesObject) => each.resource.name)
    for (const [which, operation] of [
      ['publishingScopes', 'Write'],
      ['subscriptionScopes', 'Read'],
    ] as const) {
      if (!same(scope(which).sort(), may(operation).sort())) say('rights', user, `${operation} differs from ${which}`)
    }
    const group = user.spec.authorization.acls.find((each: KubernetesObject) => each.resource.type === 'group')
    if (group?.resource.name !== name) say('rights', user, 'its group is not its app id')
  }
}

const metadataOf = (component: KubernetesObject, name: string): string | undefined =>
  component.spec.metadata.find((each: KubernetesObject) => each.name === name)?.value
