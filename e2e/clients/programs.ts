import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cached, defaultCacheDir } from '@taskflow/local-mesh'

/** MCP clients of others, at the versions with which connecting was seen to work. */
const ofPython = ['mcp==2.3.0', 'fastmcp==4.2.3']
const ofNpm = ['@modelcontextprotocol/inspector@2.12.0', 'mcp-remote@0.15.1']

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0,
)

const install = (name: string, command: string, args: (folder: string) => string[]): Promise<string> =>
  cached(
    defaultCacheDir(process.env),
    name,
    async (folder) => {
      const child = spawn(command, args(folder), { stdio: ['ignore', 'ignore', 'inherit'] })
      const [status] = await once(child, 'exit')
      if (status !== 0) throw new Error(`${name} could not be installed (exit ${status})`)
    },
    { report: console.log },
  )

/** Python with the clients: the program, and the folder for PYTHONPATH. Undefined without Python 3.10 or newer. */
export const pythonClients = async () => {
  if (!python) return undefined
  const name = `python-${ofPython.join('-').replaceAll('==', '-')}`
  const folder = await install(name, python, (folder) => [
    '-m',
    'pip',
    'install',
    '-qq',
    '--target',
    folder,
    ...ofPython,
  ])
  return { python, folder }
}

/** The folder with the programs of the clients that are npm packages. */
export const npmClients = async (): Promise<string> => {
  const name = `npm-${ofNpm.join('-').replaceAll(/[@/]+/g, '-')}`
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund']
  return `${await install(name, 'npm', (folder) => ['install', '--prefix', folder, ...quiet, ...ofNpm])}/node_modules/.bin`
}
