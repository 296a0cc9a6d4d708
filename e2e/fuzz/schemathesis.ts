import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { cached, defaultCacheDir } from '@taskflow/local-mesh'

const schemathesis = 'schemathesis==4.32.5'

interface Run {
  /** Sent with each request, unless the hooks do. */
  token?: string
  /** A file beside this one. */
  hooks?: string
  env?: Record<string, string>
  args: string[]
}

/** Finds or downloads Schemathesis; exits with 2 without Python. The function returned runs it: false if it complains. */
export const findSchemathesis = async ({
  url,
  seed,
  report,
}: {
  url: string
  seed: number
  report: (line: string) => void
}): Promise<(seconds: number, run: Run) => Promise<boolean>> => {
  const python = findPython()
  const library = await cached(
    defaultCacheDir(process.env),
    schemathesis.replace('==', '-'),
    async (folder) => {
      report(`downloading ${schemathesis}`)
      const install = spawn(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, schemathesis], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const [status] = await once(install, 'exit')
      if (status !== 0) throw new Error(`${schemathesis} could not be installed by pip (exit ${status})`)
    },
    { report },
  )
  return async (seconds, { token, hooks, env, args }) => {
    const run = spawn(
      python,
      [
        ...['-c', 'from schemathesis.cli import schemathesis; schemathesis()'],
        ...['--config-file', join(import.meta.dirname, 'schemathesis.toml'), 'run', `${url}/openapi.json`],
        ...(token ? ['--header', `Authorization: Bearer ${token}`] : []),
        ...['--max-time', String(seconds), '--request-timeout', '30', '--seed', String(seed)],
        ...['--continue-on-failure', '--no-color', '--checks', 'all'],
        ...args,
      ],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          ...env,
          ...(hooks ? { SCHEMATHESIS_HOOKS: join(import.meta.dirname, hooks) } : {}),
          PYTHONPATH: [library, process.env.PYTHONPATH].filter(Boolean).join(delimiter),
          PYTHONDONTWRITEBYTECODE: '1',
        },
      },
    )
    const [status] = await once(run, 'exit')
    return status === 0
  }
}

const findPython = (): string => {
  const found = ['python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0,
  )
  if (found) return found
  console.error('Schemathesis needs Python 3.10 or newer: install it, then run this again')
  process.exit(2)
}
