import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { parseAllDocuments } from 'yaml'
import { renderAll } from '../check/render.ts'
import { reachable, type Schema, schemaFile, strict } from '../check/schemas.ts'
import { prepareTools } from '../check/tools.ts'
import { strimziSchemas } from './strimzi-schemas.ts'

const usage = `npm run k8s:schemas

Writes k8s/schemas, one for every kind in the manifests, from what each project publishes: the API of Kubernetes, the
CustomResourceDefinitions of Dapr, CloudNativePG, KEDA, cert-manager, External Secrets and the Prometheus Operator (Go),
the classes of Strimzi (Java). Needs Go, Java and Maven. Run it after a change of version or for a new kind.

  --help   this text`

readOptions(usage, {})
const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'k8s/schemas')

const kubernetes = ['k8s.io/kubernetes@v1.34.3', 'api/openapi-spec/swagger.json'] as const
const customResources = [
  ['github.com/dapr/dapr@v1.18.2', 'charts/dapr/crds'],
  ['github.com/cloudnative-pg/cloudnative-pg@v1.27.1', 'config/crd/bases'],
  ['github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0', 'config/crd/bases'],
  ['github.com/kedacore/keda/v2@v2.18.1', 'config/crd/bases'],
  ['github.com/cert-manager/cert-manager@v1.19.1', 'deploy/crds'],
  ['github.com/external-secrets/external-secrets@v0.20.4', 'config/crds/bases'],
  ['github.com/prometheus-operator/prometheus-operator@v0.85.0', 'example/prometheus-operator-crd'],
] as const

const objects = (await renderAll(await prepareTools(process.env, console.log))).flatMap(({ objects }) => objects)
const wanted = new Map(objects.map(({ apiVersion, kind }) => [schemaFile(apiVersion, kind), { apiVersion, kind }]))

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const write = (file: string, schema: Schema) => writeFileSync(join(folder, file), `${JSON.stringify(schema)}\n`)

const metadata = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const local = (ref: string) => ref.replace('#/definitions/', '_definitions.json#/definitions/')

/** A file or folder of a Go module, which Go downloads and verifies. */
const inModule = (module: string, path: string): string => {
  const out = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: '/' })
  return join((JSON.parse(out) as { Dir: string }).Dir, path)
}

const { definitions } = JSON.parse(readFileSync(inModule(...kubernetes), 'utf8')) as Schema
const names = new Map<string, string>(
  Object.entries(definitions as Record<string, Schema>).flatMap(([name, schema]) =>
    (schema['x-kubernetes-group-version-kind'] ?? []).map(
      ({ group, version, kind }: Record<string, string>): [string, string] => [
        schemaFile(group ? `${group}/${version}` : version!, kind!),
        name,
      ],
    ),
  ),
)
const roots = [...wanted.keys()].flatMap((file) => names.get(file) ?? [])
const parts = reachable(definitions, [...roots, metadata])
write('_definitions.json', {
  definitions: Object.fromEntries(Object.entries(parts).map(([name, schema]) => [name, strict(schema)])),
})

/** Fields of every object, whatever its schema contains. */
const whole = (apiVersion: string, kind: string, { properties, required = [] }: Schema): Schema => ({
  properties: {
    ...strict({ properties }, local).properties,
    apiVersion: { const: apiVersion },
    kind: { const: kind },
    metadata: { $ref: `_definitions.json#/definitions/${metadata}` },
  },
  required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
})
for (const [file, { apiVersion, kind }] of wanted) {
  const name = names.get(file)
  if (name) write(file, { ...strict(definitions[name], local), ...whole(apiVersion, kind, definitions[name]) })
}

const custom = new Map(strimziSchemas().map(({ apiVersion, kind, schema }) => [schemaFile(apiVersion, kind), schema]))
for (const [module, path] of customResources) {
  const crds = inModule(module, path)
  for (const file of readdirSync(crds).filter((name) => name.endsWith('.yaml'))) {
    for (const document of parseAllDocuments(readFileSync(join(crds, file), 'utf8'))) {
      const { kind, spec } = document.toJS() ?? {}
      if (kind !== 'CustomResourceDefinition') continue
      for (const { name, schema } of spec.versions) {
        custom.set(schemaFile(`${spec.group}/${name}`, spec.names.kind), schema.openAPIV3Schema)
      }
    }
  }
}

for (const [file, { apiVersion, kind }] of wanted) {
  const schema = custom.get(file)
  if (schema) write(file, { ...strict(schema), ...whole(apiVersion, kind, schema) })
  else if (!names.has(file)) throw new Error(`no project describes ${kind} of ${apiVersion}`)
}

console.log(`${wanted.size} schemas in k8s/schemas`)
