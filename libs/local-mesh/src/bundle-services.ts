import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import type { Plugin } from 'rolldown'
import type { Report } from './parts/part.ts'
import { workspaceRoot } from './workspace.ts'

/** What a service runs, relative to its folder. */
export const bundledProgram = 'dist/main.js'

/** Options of Node for a service: a small young generation saves 10 MB a process (docs/performance.md). */
export const nodeOptions = ['--max-semi-space-size=2']

/** Chunks of earlier builds stay this long, in ms: a service that runs may load one late. */
const keepChunksFor = 86_400_000

const alwaysInputs = [join(workspaceRoot, 'package-lock.json'), import.meta.filename]

/**
 * Bundles each service with its packages into its `dist` folder, unless its sources are those of its last build. A
 * process that loads two files instead of a thousand takes half the memory and starts sooner. Safe to run twice at once.
 */
export const bundleServices = async (report: Report = () => {}): Promise<void> => {
  const isOld = await Promise.all(serviceNames.map(async (name) => !(await isBundled(name))))
  const old = serviceNames.filter((_, index) => isOld[index])
  if (old.length > 0) report('Bundling the services (a few seconds, after a change) ...')
  await Promise.all(old.map(bundle))
}

const folderOf = (name: ServiceName): string => join(workspaceRoot, 'apps', name, 'dist')

const isBundled = async (name: ServiceName): Promise<boolean> => {
  const list = join(folderOf(name), inputsFile)
  return existsSync(join(folderOf(name), 'main.js')) && (await isUnchanged(list))
}

const bundle = async (name: ServiceName): Promise<void> => {
  const output = folderOf(name)
  // Loaded when needed: it is a native module, and most starts build nothing.
  const { rolldown } = await import('rolldown')
  const scratch = `${output}.${randomUUID()}`
  try {
    const build = await rolldown({
      input: join(output, '../src/main.ts'),
      platform: 'node',
      external: [/^@node-rs\//, 'pg-native'], // machine code; optional and not installed
      logLevel: 'silent',
      plugins: [keepPlaces(output)],
    })
    await build.write({ dir: scratch, format: 'esm', sourcemap: true })
    const sources = (await build.watchFiles).filter((file) => !file.includes('node_modules') && existsSync(file))
    await build.close()
    await writeFile(
      join(scratch, inputsFile),
      JSON.stringify(await statesOf([...sources, ...alwaysInputs].map(inWorkspace))),
    )
    await mkdir(output, { recursive: true })
    const files = await readdir(scratch)
    // The program and its list come last, so that what they name is there.
    for (const file of [...files.filter((each) => !isEntry(each)), ...files.filter(isEntry).sort().reverse()])
      await rename(join(scratch, file), join(output, file))
    await removeOldChunks(output)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Path, size and time of change of every source, to see whether a bundle is that of the sources. */
const inputsFile = 'inputs.json'

const inWorkspace = (file: string): string => relative(workspaceRoot, file)

const isEntry = (file: string): boolean => file === 'main.js' || file === inputsFile

const isUnchanged = async (file: string): Promise<boolean> => {
  try {
    const before = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
    return JSON.stringify(await statesOf(Object.keys(before))) === JSON.stringify(before)
  } catch {
    return false
  }
}

const statesOf = async (files: string[]): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      files.map(async (file) => {
        const { mtimeMs, size } = await stat(join(workspaceRoot, file))
        return [file, `${mtimeMs} ${size}`]
      }),
    ),
  )

const removeOldChunks = async (output: string): Promise<void> => {
  for (const file of await readdir(output)) {
    const { mtimeMs } = await stat(join(output, file))
    if (Date.now() - mtimeMs > keepChunksFor && !isEntry(file)) await rm(join(output, file), { force: true })
  }
}

/**
 * Files that a module reads beside itself (templates, migrations, WebAssembly) stay where they are: in the bundle, each
 * module still sees the place of its source.
 */
const keepPlaces = (output: string): Plugin => ({
  name: 'keep places',
  transform: {
    filter: { id: /\.[cm]?[jt]s$/, code: /\bimport\.meta\.|\b__(?:dir|file)name\b/ },
    handler: (code, id) => {
      const urlOf = (path: string) => `new URL(${JSON.stringify(relative(output, path))}, import.meta.url)`
      const pathOf = (path: string) => `decodeURIComponent(${urlOf(path)}.pathname)`
      const places: Record<string, string> = {
        'import.meta.url': `${urlOf(id)}.href`,
        'import.meta.filename': pathOf(id),
        'import.meta.dirname': pathOf(dirname(id)),
        __filename: pathOf(id),
        __dirname: pathOf(dirname(id)),
      }
      return code.replaceAll(
        /\bimport\.meta\.(?:url|filename|dirname)\b|\b__(?:dir|file)name\b/g,
        (place) => places[place]!,
      )
    },
  },
})
