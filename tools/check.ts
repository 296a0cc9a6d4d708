import { nx } from './nx.ts'

/**
 * `npm run check`: types, format and lint of each project, then what holds across them: which may import which, nothing
 * exported or declared in vain, nothing written twice. Nx keeps what passed; `NX_SKIP_NX_CACHE=true` asks again.
 */
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
