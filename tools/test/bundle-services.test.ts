import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { bundledProgram, bundleServices, nodeOptions, workspaceRoot } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { parse } from 'yaml'

const programOf = (name: string) => join(workspaceRoot, 'apps', name, bundledProgram)

describe('the bundles of the services', () => {
  test('are built when missing or older than a source, also by two processes at once, and not otherwise', async () => {
    await Promise.all([bundleServices(), bundleServices()])
    for (const name of serviceNames) assert.ok(existsSync(programOf(name)), name)

    const reported: string[] = []
    const report = (line: string) => reported.push(line)
    const built = statSync(programOf('reminder-service')).mtimeMs
    await bundleServices(report)
    assert.deepEqual(reported, [])

    const source = join(workspaceRoot, 'apps/reminder-service/src/app.ts')
    utimesSync(source, new Date(), new Date())
    await bundleServices(report)
    assert.equal(reported.length, 1)
    assert.ok(statSync(programOf('reminder-service')).mtimeMs > built)
  })

  test('are what npm start and the images run, with the same options of Node', () => {
    const { apps } = parse(readFileSync(join(workspaceRoot, 'dapr.yaml'), 'utf8')) as { apps: { command: string[] }[] }
    for (const { command } of apps)
      for (const option of [...nodeOptions, bundledProgram]) assert.ok(command.includes(option), `${command} ${option}`)
    const dockerfile = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8')
    for (const name of serviceNames) {
      const command = JSON.stringify([...nodeOptions, `apps/${name}/${bundledProgram}`]).replaceAll(',', ', ')
      assert.ok(dockerfile.includes(`CMD ${command}`), command)
    }
  })
})
