import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { describeError, fixOf, PartError } from '@taskflow/local-mesh'
import { checkAccess, invokableRoutes } from './check-access.ts'
import { checkIngress } from './check-ingress.ts'
import { checkMesh } from './check-mesh.ts'
import { checkMonitoring } from './check-monitoring.ts'
import { checkObjects } from './check-objects.ts'
import { checkTargets } from './check-targets.ts'
import { excuses } from './excuses.ts'
import { type Finding, unexplained } from './findings.ts'
import { type Rendered, renderAll } from './render.ts'
import { sumResources } from './sum-resources.ts'
import { prepareTools } from './tools.ts'

const usage = `npm run test:k8s

Renders every overlay as kubectl apply -k would and checks the result with kubeconform and the schemas in k8s/schemas,
kube-score, and our own checks. Then checks rules and dashboards with promtool and against the metrics the services export,
and .github/workflows with actionlint. Needs no cluster. The tools are downloaded or built once.

  --help   this text`

readOptions(usage, {})

const schemas = join(import.meta.dirname, '../../../k8s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json')

const conform = (kubeconform: string, { name, text }: Pick<Rendered, 'name' | 'text'>): string[] => {
  const args = ['-strict', '-output', 'json', '-schema-location', schemas]
  const { status, stdout, stderr } = spawnSync(kubeconform, args, { input: text, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status === 0) return []
  const { resources = [] } = stdout ? (JSON.parse(stdout) as { resources?: Record<string, string>[] }) : {}
  return resources.length > 0
    ? resources.map((each) => `${name}: ${each.kind}/${each.name}: kubeconform: ${each.msg}`)
    : [`${name}: kubeconform: ${stderr}`]
}

/** Checks the checker: kubeconform must reject an unknown field. */
const refusesTheWrong = (kubeconform: string): string[] => {
  const wrong = 'apiVersion: v1\nkind: Service\nmetadata: {name: wrong}\nspec: {ports: [], selectors: {}}\n'
  return conform(kubeconform, { name: 'wrong', text: wrong }).length === 1
    ? []
    : ['kubeconform accepts an unknown field']
}

/** Finds what GitHub would report only when it runs the workflows. Without shellcheck, which may not be installed. */
const lintWorkflows = (actionlint: string): string[] => {
  const files = globSync(join(import.meta.dirname, '../../../.github/workflows/*.yml'))
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', ...files]
  const { status, stdout, stderr } = spawnSync(actionlint, args, { encoding: 'utf8' })
  return status === 0 ? [] : [`workflows: ${stdout || stderr}`]
}

/** Everything below the best grade. */
const score = (kubeScore: string, text: string): Finding[] => {
  const optional = ['container-seccomp-profile', 'container-ports-check'].flatMap((id) => [
    '--enable-optional-test',
    id,
  ])
  const args = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.34', ...optional, '-']
  const { stdout, stderr } = spawnSync(kubeScore, args, { input: text, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (!stdout.startsWith('[')) throw new PartError(`kube-score failed: ${stderr}`)
  return (JSON.parse(stdout) as Scored[]).flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade < 10 && !skipped)
      .map(({ check, comments }) => ({
        check: check.id,
        object: `${type_meta.kind}/${object_meta.name}`,
        message: (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join('; '),
      })),
  )
}

const explained = (found: { overlay: string; finding: Finding }[]): string[] => {
  const { findings, excuses: unneeded } = unexplained(found, excuses)
  return [
    ...findings,
    ...unneeded.map(({ check, object }) => `tools/k8s/check/excuses.ts: ${check} of ${object} is no longer needed`),
  ]
}

const tooLarge = ({ objects }: Rendered): string[] => {
  const [requests, limits] = [sumResources(objects, 'requests'), sumResources(objects, 'limits')]
  const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`
  console.log(
    `minikube: ${requests.cpu / 1_000} CPU and ${gib(requests.memory)} requested, limits ${limits.cpu / 1_000} CPU`,
  )
  return [
    ...(requests.cpu > 1_600 ? ['minikube: more than 1.6 CPU requested'] : []),
    ...(requests.memory > 5 * 2 ** 30 ? ['minikube: more than 5 GiB requested'] : []),
    ...(limits.cpu > 4_000 ? ['minikube: limits of more than 4 CPU'] : []),
  ]
}

try {
  const tools = await prepareTools(process.env, console.log)
  const overlays = await renderAll(tools)
  const invokable = await invokableRoutes()
  const problems = [
    ...refusesTheWrong(tools.kubeconform),
    ...overlays.flatMap((overlay) => conform(tools.kubeconform, overlay)),
    ...explained(
      overlays.flatMap(({ name: overlay, text, objects }) =>
        [
          ...score(tools['kube-score'], text),
          ...checkObjects(objects),
          ...checkTargets(objects),
          ...checkIngress(objects),
          ...(overlay === 'logs' ? [] : [...checkMesh(objects), ...checkAccess(objects, invokable)]),
        ].map((finding) => ({ overlay, finding })),
      ),
    ),
    ...tooLarge(overlays.find(({ name }) => name === 'minikube')!),
    ...lintWorkflows(tools.actionlint),
    ...(await checkMonitoring(tools)),
  ]
  for (const problem of problems) console.error(problem)
  console.log(`${overlays.map(({ name, objects }) => `${name}: ${objects.length} objects`).join('\n')}`)
  console.log(`manifests: ${problems.length === 0 ? 'ok' : `${problems.length} problems`}`)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  const fix = fixOf(error)
  console.error(`${describeError(error)}${fix ? `\n  To fix it: ${fix}` : ''}`)
  process.exitCode = 1
}

interface Scored {
  object_name: string
  type_meta: { kind: string }
  object_meta: { name: string }
  checks: {
    check: { id: string }
    grade: number
    skipped: boolean
    comments: { path: string; summary: string }[] | null
  }[]
}
