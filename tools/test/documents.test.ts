import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = globSync(['*.md', 'docs/**/*.md', '{apps,libs}/*/README.md', '{tools,e2e,bench,k8s}/README.md'], {
  cwd: root,
})
const workflows = globSync('.github/workflows/*.yml', { cwd: root })

/** The anchor that GitHub gives a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
const anchors = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!))

/** Links of a page into the repository, except those in code. */
const links = (text: string) =>
  [...text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))

test('links in the documents resolve', () => {
  const broken = pages.flatMap((page) =>
    links(read(page))
      .filter((target) => {
        const [path, heading] = target.split('#') as [string, string?]
        const file = path === '' ? join(root, page) : resolve(root, dirname(page), path)
        if (!existsSync(file)) return true
        return heading !== undefined && !anchors(readFileSync(file, 'utf8')).includes(heading)
      })
      .map((target) => `${page}: ${target}`),
  )
  assert.deepEqual(broken, [])
})

const folders = String.raw`(?:apps|libs|tools|e2e|bench|k8s|dapr|docs|\.github|\.ci)`
const pathPattern = new RegExp(String.raw`(?<![\w/.@:-])${folders}/[\w@.*<>{},/-]*`, 'g')

/** A path with placeholders as a glob: `apps/<service>/src/main.ts` matches any service, `libs/tasks/...` any file. */
const asGlob = (path: string): string =>
  path
    .replace(/[.,-]+$/, '')
    .replace(/<[^>]*>/g, '*')
    .replace(/\.\.\./g, '*')

const pathsIn = (text: string): string[] => [...text.matchAll(pathPattern)].map(([path]) => asGlob(path))

/** Whether a path does not exist. task-stats is the example in docs/write-a-service.md. */
const isMissing = (path: string, from: string): boolean =>
  !path.includes('task-stats') &&
  !existsSync(join(from, path)) &&
  globSync(path.replace(/\/$/, ''), { cwd: from }).length === 0

/** Inline code of a page. */
const codeOf = (text: string): string[] =>
  [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)

test('paths in the documents exist', () => {
  const missing = pages.flatMap((page) => {
    const folder = join(root, dirname(page))
    // A README also names files relative to its folder or to src in it.
    const isRelative = (code: string) => /^[\w.@-]+\/[\w@.*<>{},/-]+\.\w+$/.test(code) && page.endsWith('README.md')
    return codeOf(read(page))
      .flatMap((code) => (isRelative(code) ? [asGlob(code)] : pathsIn(code)))
      .filter((path) => [root, folder, join(folder, 'src')].every((from) => isMissing(path, from)))
      .map((path) => `${page}: ${path}`)
  })
  assert.deepEqual(missing, [])
})

/** Comments of a TypeScript or JavaScript file. */
const commentsOf = (text: string): string =>
  [...text.matchAll(/^\s*(?:\/\*\*?|\*|\/\/)(.*)$|\s\/\/ (.*)$/gm)].map(([, line, end]) => line ?? end).join('\n')

test('paths in comments exist', () => {
  const sources = globSync(['{apps,libs}/*/{src,test,testing}/**/*.{ts,tsx,mjs}', '{tools,e2e,bench}/**/*.{ts,mjs}'], {
    cwd: root,
    exclude: (name) => name.includes('node_modules'),
  })
  assert.ok(sources.length > 500)
  const missing = sources.flatMap((file) =>
    pathsIn(commentsOf(read(file)))
      .filter((path) => isMissing(path, root))
      .map((path) => `${file}: ${path}`),
  )
  assert.deepEqual(missing, [])
})

test('every item of the production checklist has a link', () => {
  const items = read('docs/production-checklist.md')
    .split('\n')
    .filter((line) => line.startsWith('- [ ] '))
  assert.ok(items.length > 20)
  assert.deepEqual(
    items.filter((item) => links(item).length === 0),
    [],
  )
})

/** How many requirements a row of docs/asvs.md is about: 1.2.6-1.2.8 are three. */
const requirementsIn = (ids: string): number => {
  const [first = 0, last = first] = ids.split('-').map((id) => Number(id.split('.').at(-1)))
  return last - first + 1
}

test('the chapters in docs/security.md have the verdicts of the rows in docs/asvs.md', () => {
  const rows = [
    ...read('docs/asvs.md').matchAll(
      /^\| ((\d+)\.[\d.]+(?:-[\d.]+)?) +\| [12/]+ +\| [^|]+ \| \**(pass|part|no|does not apply)\b/gm,
    ),
  ].map(([, ids, chapter, verdict]) => ({ chapter, verdict, count: requirementsIn(ids!) }))
  const counted = (chapter?: string) =>
    ['pass', 'part', 'no', 'does not apply'].map((verdict) =>
      rows
        .filter((row) => row.verdict === verdict && (chapter === undefined || row.chapter === chapter))
        .reduce((sum, { count }) => sum + count, 0),
    )
  const chapters = [
    ...read('docs/security.md').matchAll(
      /^\| (?:\[V(\d+) [^|]+|all) +\|[^|]+\| (\d+) +\| (\d+) +\| (\d+) +\| (\d+) /gm,
    ),
  ].map(([, chapter, ...counts]) => [chapter, counts.map(Number)])
  const numbers = Array.from({ length: 17 }, (_, index) => String(index + 1))
  assert.deepEqual(
    chapters,
    [...numbers, undefined].map((chapter) => [chapter, counted(chapter)]),
  )
  // Levels 1 and 2 of version 5.0.0.
  assert.equal(
    counted().reduce((sum, count) => sum + count, 0),
    253,
  )
})

test('documents and workflows name only npm scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...pages, ...workflows].flatMap((file) =>
    [...read(file).matchAll(/\bnpm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => ({ file, name: name! })),
  )
  assert.ok(named.some(({ file }) => workflows.includes(file)))
  assert.deepEqual(
    named.filter(({ name }) => !(name in scripts)),
    [],
  )
})

test('workflows pin actions by commit, limit the time of each job and declare their permissions', () => {
  for (const file of workflows) {
    const text = read(file)
    for (const [, action] of text.matchAll(/uses: (.+)$/gm)) {
      assert.match(action!, /^(\.\/.+|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/, file)
    }
    const { permissions, jobs } = parse(text)
    assert.deepEqual(permissions, { contents: 'read' }, file)
    for (const [name, job] of Object.entries<Record<string, unknown>>(jobs)) {
      assert.ok(job['timeout-minutes'] || job.uses, `${file}: ${name}`)
    }
  }
})

interface Right {
  user: string
  resource: string
  operation: string
}

const sorted = (rights: Right[]) =>
  rights.map(({ user, resource, operation }) => `${user} ${operation} ${resource}`).sort()

/** What a command gives: every one of its operations on every one of its resources. */
const rightsOf = (command: string): Right[] => {
  const values = (option: string) =>
    [...command.matchAll(new RegExp(`--${option} (\\S+)`, 'g'))].flatMap(([, value]) => value!.split(','))
  const [user] = values('allow-principal').map((principal) => principal.replace('User:', ''))
  const resources = ['topic', 'group'].flatMap((type) => values(type).map((name) => `${type} ${name}`))
  return values('operation').flatMap((operation) =>
    resources.map((resource) => ({ user: user!, resource, operation: operation.replaceAll('_', '').toLowerCase() })),
  )
}

test('the ACLs in docs/setup/kafka-sasl.md match those of the Strimzi users, for Kafka and Redpanda', () => {
  const users = parseAllDocuments(read('k8s/components/strimzi/users.yaml')).map((each) => each.toJS())
  const expected = users.flatMap(({ metadata, spec }) =>
    spec.authorization.acls.flatMap(
      ({ resource, operations }: { resource: Record<'type' | 'name', string>; operations: string[] }) =>
        operations.map((operation) => ({
          user: metadata.name,
          resource: `${resource.type} ${resource.name}`,
          operation: operation.toLowerCase(),
        })),
    ),
  )
  const page = read('docs/setup/kafka-sasl.md')
  for (const program of ['kafka-acls.sh', 'rpk security acl create']) {
    const lines = page.split('\n').filter((line) => line.startsWith(program) && !line.includes('User:taskflow '))
    assert.deepEqual(sorted(lines.flatMap(rightsOf)), sorted(expected), program)
  }
})
