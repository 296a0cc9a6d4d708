import { nx } from './nx.ts'

/**
 * `npm run check`: types, format and lint of each project, then checks across projects: boundaries of imports, unused
 * exports and dependencies, duplicated code. Nx caches what passed; `NX_SKIP_NX_CACHE=true` runs everything.
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
