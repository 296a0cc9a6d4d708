import { execFile } from 'node:child_process'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PartError } from '@taskflow/local-mesh'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { Cluster } from './cluster.ts'
import { kubectl, readSecret } from './kubectl.ts'

const run = promisify(execFile)
/** A checkpoint is written at most a minute after the first record. */
const eventually = eventuallyWithin(90)

/** The audit log is unchanged and complete: runs `npm run audit:verify` with the checkpoints of all replicas. */
export const checkAudit = async ({ databaseUrl }: Cluster): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'taskflow-verify-'))
  try {
    const [checkpoints, publicKey] = [join(folder, 'checkpoints.ndjson'), join(folder, 'key.pem')]
    const lines = await eventually('audit-logger has written a checkpoint', () =>
      kubectl(['exec', 'deployment/audit-logger', '--container', 'app', '--', 'sh', '-c', 'cat /checkpoints/*.ndjson'])
        // The file does not exist yet.
        .catch(() => ''),
    )
    const key = createPrivateKey({
      key: Buffer.from(await readSecret('taskflow', 'AUDIT_SIGNING_KEY'), 'base64'),
      format: 'der',
      type: 'pkcs8',
    })
    await writeFile(checkpoints, lines)
    await writeFile(publicKey, createPublicKey(key).export({ format: 'pem', type: 'spki' }))
    const program = join(import.meta.dirname, '../../tools/audit-verify.ts')
    const given = ['--database', databaseUrl, '--checkpoints', checkpoints, '--public-key', publicKey]
    const { stdout } = await run(process.execPath, [program, ...given]).catch((error) => {
      throw new PartError(`the audit log is not as it was written: ${error.stdout || error.stderr}`.trim(), {
        fix: 'docs/audit.md',
      })
    })
    return stdout.split('\n')[0]!.replace(/\.$/, '')
  } finally {
    await rm(folder, { recursive: true })
  }
}
