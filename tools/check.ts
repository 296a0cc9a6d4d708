import { readOptions } from '@taskflow/command-line'
import { nx } from './nx.ts'

const usage = `npm run check

Checks types, format and lint of each project, then boundaries of imports, unused exports and dependencies, and duplicated
code across projects. Nx caches what passed; NX_SKIP_NX_CACHE=true runs everything.

  --help   this text`

readOptions(usage, {})
process.exitCode = await nx([
  'run-many',
  '-t',
  'typecheck',
  'lint',
  'boundaries',
  'unused',
  'duplicates',
  '--nx-bail=false',
])
