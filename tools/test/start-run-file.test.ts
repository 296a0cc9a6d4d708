import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { topics } from '@taskflow/event-contracts'
import { serviceNames } from '@taskflow/service-kit'
import { parse } from 'yaml'
import { fittingRunFile } from '../start/run-file.ts'
import { readSettings } from '../start/settings.ts'

const root = join(import.meta.dirname, '..', '..')
const runFile = join(root, 'dapr.yaml')

test('the run file lists the services of the catalogue with their ports', async () => {
  const { apps } = parse(readFileSync(runFile, 'utf8')) as { apps: { appID: string }[] }
  assert.deepEqual(
    apps.map(({ appID }) => appID),
    serviceNames,
  )
  const { services } = readSettings({})
  assert.equal(await fittingRunFile(runFile, '/nowhere', services), runFile, 'the usual ports need no copy')
})

test('other ports make a copy with paths that resolve from its folder', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-run-file-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { services } = readSettings({ AUDIT_LOGGER_PORT: '9084', CHAT_API_DAPR_GRPC_PORT: '9001' })
  const copy = await fittingRunFile(runFile, join(folder, 'dapr.yaml'), services)
  const { common, apps } = parse(readFileSync(copy, 'utf8'))
  assert.equal(apps.find((app: { appID: string }) => app.appID === 'audit-logger').appPort, 9084)
  assert.equal(apps.find((app: { appID: string }) => app.appID === 'chat-api').daprGRPCPort, 9001)
  assert.equal(common.schedulerHostAddress, ' ', 'the blank is what keeps the scheduler away')
  const paths = [
    ...common.resourcesPaths,
    common.configFilePath,
    ...apps.map((app: { appDirPath: string }) => app.appDirPath),
  ]
  for (const path of paths) assert.ok(path.startsWith('/') && existsSync(path), path)
})

test('the broker component names every service and only existing topics', () => {
  const component = parse(readFileSync(join(root, 'dapr/components/kafka-pubsub.yaml'), 'utf8'))
  assert.deepEqual(component.scopes, serviceNames)
  for (const name of ['publishingScopes', 'subscriptionScopes']) {
    const text: string = component.spec.metadata.find((entry: { name: string }) => entry.name === name).value
    const scopes = text.split(';').map((scope) => scope.trim().split('='))
    assert.deepEqual(
      scopes.map(([service]) => service),
      serviceNames,
    )
    for (const [service, list] of scopes) {
      for (const topic of list!.split(',')) assert.ok(topic in topics, `${name} of ${service}: ${topic}`)
    }
  }
})
