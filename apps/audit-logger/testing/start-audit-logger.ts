import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { newSigningKey } from '@taskflow/local-mesh'
import { startService, type TestDatabase } from '@taskflow/test-kit'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'

/** The service with its real routes, on its own database or the given one. `env` extends its environment. */
export const startAuditLogger = async (
  t: Pick<TestContext, 'after'>,
  overrides: Partial<Deps> = {},
  { database, env }: { database?: TestDatabase; env?: Record<string, string> } = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-audit-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const settings = {
    AUDIT_KEY: 'only-for-tests-only-for-tests-only-for-tests',
    AUDIT_SIGNING_KEY: newSigningKey(),
    AUDIT_CHECKPOINTS: join(folder, 'checkpoints.ndjson'),
    ...env,
  }
  const service = await startService(t, 'audit-logger', { readConfig, createDeps, createApp }, overrides, {
    env: settings,
    ...(database ? { database } : {}),
  })
  return {
    ...service,
    folder,
    env: settings,
    /** Every stored row, in order. */
    rows: async () => {
      const { rows } = await service.database.pool.query('SELECT * FROM audit.events ORDER BY sequence')
      return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }))
    },
    /** Invokes the service as chat-api does, through Dapr. */
    ask: async (path: string) => {
      const answer = await service.asSidecar(path, { headers: { 'dapr-caller-app-id': 'chat-api' } })
      return { status: answer.status, body: (await answer.json()) as Answer }
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of the response themselves
type Answer = any
