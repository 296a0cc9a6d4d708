import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions, refuse } from '@taskflow/command-line'
import { bundleServices } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { jaegerImage } from './jaeger-image.ts'

const usage = `npm run k8s:images [-- options]

Builds the images of all services, of the jobs and of the mailbox, tagged with the version in package.json, and obtains that
of Jaeger, which shows traces on minikube.

By default it also loads them into minikube, if it is running.

  --no-load         only build
  --push REGISTRY   push them, for example to ghcr.io/someone/taskflow, and write their digests into
                    k8s/overlays/production/images/kustomization.yaml
  --help            this text`

const root = join(import.meta.dirname, '../../..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const released = [...serviceNames, 'jobs']
const targets = [...released, 'mailbox'] // for trying out only
const image = (target: string) => `taskflow/${target}:${version}`

const options = readOptions(usage, { 'no-load': { type: 'boolean' }, push: { type: 'string' } })
if (options['no-load'] && options.push) refuse(usage, '--no-load and --push cannot be combined')

const giveUp = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const run = (command: string, args: string[], env: Record<string, string> = {}): void => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) giveUp(`${command} does not start (${error.message})`)
  if (status !== 0) giveUp(`${command} ${args[0]} failed`)
}

console.log('building the console ...')
run(join(root, 'node_modules/.bin/nx'), ['build', 'console'], { NX_DAEMON: 'false', NX_TUI: 'false' })
if (!existsSync(join(root, 'apps/console/dist/index.html'))) giveUp('apps/console/dist is empty: npx nx build console')

console.log('bundling the services ...')
await bundleServices()

const output = (command: string, args: string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

const revision = output('git', ['rev-parse', 'HEAD']) ?? 'unknown'
const labels = ['--build-arg', `VERSION=${version}`, '--build-arg', `REVISION=${revision}`]
for (const target of targets) {
  console.log(`building ${image(target)} ...`)
  run('docker', ['build', '--quiet', '--target', target, '--tag', image(target), ...labels, '.'])
}

for (const target of targets) {
  const size = output('docker', ['image', 'inspect', '--format', '{{.Size}}', image(target)])
  console.log(`${image(target).padEnd(40)} ${(Number(size) / 1e6).toFixed(0)} MB`)
}

const jaeger = options.push ? undefined : await jaegerImage(process.env, console.log)

const load = (): void => {
  if (output('minikube', ['status', '--format', '{{.Host}}']) !== 'Running') {
    console.log('minikube is not running, so nothing was loaded; start it and run npm run k8s:images again')
    return
  }
  console.log('loading them into minikube ...')
  run('minikube', ['image', 'load', ...targets.map(image), ...(jaeger ? [jaeger] : [])])
}

const push = (to: string): void => {
  const entries = released.map((target) => {
    const name = `${to}/${target}`
    run('docker', ['tag', image(target), `${name}:${version}`])
    run('docker', ['push', '--quiet', `${name}:${version}`])
    const digests =
      output('docker', ['image', 'inspect', '--format', '{{join .RepoDigests "\\n"}}', image(target)]) ?? ''
    const digest = digests
      .split('\n')
      .find((each) => each.startsWith(`${name}@`))
      ?.split('@')[1]
    if (!digest) giveUp(`${name} was pushed but has no digest`)
    return `  - name: taskflow/${target}\n    newName: ${name}\n    digest: ${digest}\n`
  })
  const file = join(root, 'k8s/overlays/production/images/kustomization.yaml')
  const [head] = readFileSync(file, 'utf8').split(/(?<=^images:\n)/m)
  writeFileSync(file, head + entries.join(''))
  console.log(`wrote the digests into ${file}`)
}

if (options.push) push(options.push)
else if (!options['no-load']) load()
