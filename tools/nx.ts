import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { workspaceRoot } from '@taskflow/local-mesh'

/** Runs Nx with plain output and resolves with its exit code. */
export const nx = (args: string[], env: Record<string, string> = {}): Promise<number> => {
  const child = spawn(process.execPath, [join(workspaceRoot, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_SKIP_LOG_GROUPING: 'true',
      FORCE_COLOR: '0',
      ...env,
    },
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
