import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { workspaceRoot } from '@taskflow/local-mesh'

/** Files that each break one rule, by rule. */
const violations: Record<string, Record<string, string>> = {
  'no-circle': {
    'libs/tasks/src/a.ts': "import type { B } from './b.ts'\nexport interface A { b: B }",
    'libs/tasks/src/b.ts': "import type { A } from './a.ts'\nexport interface B { a: A }",
  },
  'libs-at-the-bottom': { 'libs/tasks/src/up.ts': "import '../../../tools/command.ts'" },
  'apps-apart': { 'apps/chat-api/src/other.ts': "import '../../audit-logger/src/part.ts'" },
  'apps-know-no-commands': { 'apps/chat-api/src/command.ts': "import '../../../e2e/part.ts'" },
  'commands-apart': { 'bench/other.ts': "import '../tools/command.ts'" },
  'by-package': { 'apps/chat-api/src/path.ts': "import '../../../libs/tasks/src/part.ts'" },
  'tests-import-not-imported': { 'apps/chat-api/src/tested.ts': "import '../testing/part.ts'" },
  'test-kit-for-tests': { 'apps/chat-api/src/kit.ts': "import '../../../libs/test-kit/src/part.ts'" },
  'one-express': { 'apps/chat-api/src/second.ts': "import express from 'express'\nexport const second = express()" },
  'one-http-server': { 'libs/tasks/src/server.ts': "import { createServer } from 'node:http'\ncreateServer()" },
  'features-down': { 'apps/chat-api/src/tasks/up.ts': "import '../assistant/part.ts'" },
  'kit-http': { 'libs/service-kit/src/http/up.ts': "import '../inbox/part.ts'" },
  'kit-database': { 'libs/service-kit/src/database/up.ts': "import '../outbox/part.ts'" },
  'kit-outbox': { 'libs/service-kit/src/outbox/up.ts': "import '../inbox/part.ts'" },
  'kit-inbox': { 'libs/service-kit/src/inbox/up.ts': "import '../operator/part.ts'" },
  'kit-tracing': { 'libs/service-kit/src/tracing/up.ts': "import '../inbox/part.ts'" },
  'kit-shared': { 'libs/service-kit/src/shared.ts': "import './database/part.ts'" },
  'kit-composition': {
    'libs/service-kit/src/outbox/deps.ts': "import '../run.ts'",
    'libs/service-kit/src/run.ts': 'export const part = 1',
  },
}

/** Files that may be imported as they are, and one that uses the types of node:http only. */
const sound = {
  ...Object.fromEntries(
    [
      ...[
        'libs/tasks/src',
        'libs/test-kit/src',
        'apps/audit-logger/src',
        'apps/chat-api/testing',
        'apps/chat-api/src/assistant',
        'e2e',
      ],
      ...['http', 'database', 'outbox', 'inbox', 'operator'].map((room) => `libs/service-kit/src/${room}`),
    ].map((folder) => [`${folder}/part.ts`, 'export const part = 1']),
  ),
  'tools/command.ts': 'export const command = 1',
  'apps/audit-logger/src/types.ts':
    "import type { IncomingMessage } from 'node:http'\nexport type Message = IncomingMessage",
  'libs/service-kit/src/inbox/down.ts': "import '../outbox/part.ts'",
}

/** The violations that dependency-cruiser reports for these files with the rules of this repository. */
const cruise = (files: Record<string, string>): { rule: string; from: string }[] => {
  const copy = mkdtempSync(join(tmpdir(), 'taskflow-boundaries-'))
  try {
    cpSync(join(workspaceRoot, '.dependency-cruiser.mjs'), join(copy, '.dependency-cruiser.mjs'))
    symlinkSync(join(workspaceRoot, 'node_modules'), join(copy, 'node_modules'))
    for (const folder of ['apps', 'libs', 'tools', 'e2e', 'bench']) mkdirSync(join(copy, folder))
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(copy, dirname(file)), { recursive: true })
      writeFileSync(join(copy, file), text)
    }
    const args = [
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'apps',
      'libs',
      'tools',
      'e2e',
      'bench',
    ]
    const { stdout, stderr } = spawnSync(join(workspaceRoot, 'node_modules/.bin/depcruise'), args, {
      cwd: copy,
      encoding: 'utf8',
    })
    assert.ok(stdout, stderr)
    const { violations } = JSON.parse(stdout).summary as { violations: { rule: { name: string }; from: string }[] }
    return violations.map(({ rule, from }) => ({ rule: rule.name, from }))
  } finally {
    rmSync(copy, { recursive: true })
  }
}

test('a file that breaks a boundary is reported with the rule', () => {
  const found = cruise(Object.assign({ ...sound }, ...Object.values(violations)))
  for (const [rule, files] of Object.entries(violations)) {
    const named = found.filter((each) => each.rule === rule).map(({ from }) => from)
    assert.ok(
      Object.keys(files).some((file) => named.includes(file)),
      `${rule}: ${named}`,
    )
  }
})

test('files that break no boundary pass', () => {
  assert.deepEqual(cruise(sound), [])
})
