// Makes a fresh clone runnable and hands over to the real script:
//
//   node tools/bootstrap.mjs [--no-install] <script.ts> [arguments]
//
// Runs on the machine's Node before anything is installed: plain JavaScript, no packages, nothing newer than Node 20,
// and no syntax that keeps an older Node from reaching the check of its version.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const projectNode = join(modules, 'node', 'bin', 'node')

const libatomic =
  'The project runs on its own Node, which needs a library that is missing here: apt-get install libatomic1'

const args = process.argv.slice(2)
const mayInstall = args[0] !== '--no-install'
if (!mayInstall) args.shift()
const script = args.shift()

if (Number(process.versions.node.split('.')[0]) < 20) {
  giveUp(`Node ${process.versions.node} is too old: install Node 20 or newer, then run this again.`)
}
if (process.platform === 'win32') giveUp('Windows is supported through WSL 2 only: wsl --install, then run this there.')
if (!script) giveUp('Usage: node tools/bootstrap.mjs [--no-install] <script.ts> [arguments]')

if (!isInstalled()) install()
checkProjectNode()
handOver()

/**
 * Whether node_modules matches package-lock.json. npm writes a lock file of what it installed at the end, so an
 * unfinished install does not count, and a manual one does. Optional packages may be for other platforms.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(modules, '.package-lock.json'))
  const isPresent = (name) =>
    present[name]
      ? present[name].version === wanted[name].version && present[name].integrity === wanted[name].integrity
      : Boolean(wanted[name].optional)
  return existsSync(projectNode) && Object.keys(wanted).every((name) => name === '' || isPresent(name))
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

function install() {
  if (!mayInstall) giveUp('The packages are not installed, or not the right ones: npm install')
  process.stderr.write('Installing packages (a minute or two the first time) ...\n')
  // Errors only: some packages warn about this Node's version, but the project brings its own.
  const quiet = ['--loglevel=error', '--no-progress', '--no-audit', '--no-fund']
  // Not `npm ci`: it insists that the lock file names the packages of every platform, which one written behind a
  // registry that lacks some of them cannot; and it would install everything again for one changed package.
  const npm = spawnSync('npm', ['install', '--no-save', '--include=dev', '--include=optional', ...quiet], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_engine_strict: 'false' },
  })
  if (npm.error) giveUp(`npm does not start (${npm.error.message}): install it beside Node, then run this again.`)
  if (npm.signal) process.exit(130)
  if (npm.status === 0) return
  if (npm.stderr.includes('libatomic')) giveUp(libatomic) // some packages run a script on the project's own Node
  process.stderr.write(npm.stderr || npm.stdout)
  giveUp('The packages could not be installed; the lines above say why. To see more: npm install')
}

function checkProjectNode() {
  const { status, stderr, error } = spawnSync(projectNode, ['--version'], { encoding: 'utf8' })
  if (status === 0) return
  const reason = (stderr || error?.message || '').trim().split('\n')[0]
  if (reason.includes('libatomic')) giveUp(libatomic)
  giveUp(`The project's own Node does not start (${reason}): rm -rf node_modules, then run this again.`)
}

/**
 * Runs the script and exits as it exits. Passes signals on and outlives the script: Ctrl-C goes to both, and the caller
 * (npm, a test, an init) should continue only when everything has stopped.
 */
function handOver() {
  const child = spawn(projectNode, [join(root, script), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter) },
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  // npm runs this in a shell; a signal that ends npm and that shell may never come here.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref()
  }
  child.on('error', (error) => giveUp(`The project's own Node does not start (${error.message}).`))
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code)
  })
}

function giveUp(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
