/** What may import what; `npm run check` holds it, tools/test/boundaries.test.ts shows each rule fail. */

const kit = '^libs/service-kit/src'

/** Files of the kit that put its layers together. */
const kitComposition = `${kit}/(create-service-app|deps|health|index|log-level|run)\\.ts$`

/** Files of a layer of the kit must not import these. */
const kitLayer = (layer, above) => ({
  name: `kit-${layer}`,
  comment: `${layer}/ lies below ${above.join(', ')}`,
  severity: 'error',
  from: { path: `${kit}/${layer}/` },
  to: { path: above.map((each) => `${kit}/${each}/`) },
})

const chatApi = '^apps/chat-api/src'

/** The features of chat-api, lowest first; those side by side do not know each other. */
const features = [
  ['http'],
  ['account', 'live'],
  ['notifications', 'audit', 'oauth'],
  ['tasks', 'operations'],
  ['transfer'],
  ['assistant'],
  ['web'],
]

const featuresDown = features.slice(0, -1).map((level, index) => ({
  name: 'features-down',
  comment: `${level.join(' and ')} lie below what they must not import`,
  severity: 'error',
  from: { path: `${chatApi}/(${level.join('|')})/` },
  to: {
    path: [...level, ...features.slice(index + 1).flat()].map((each) => `${chatApi}/${each}/`),
    pathNot: `${chatApi}/$1/`,
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'files that need each other are one file, or lack a third; types count',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-at-the-bottom',
      comment: 'a library serves apps and commands and knows none of them',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|tools|e2e|bench)/' },
    },
    {
      name: 'apps-apart',
      comment: 'services talk through events; what two apps share is a library',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-know-no-commands',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^(tools|e2e|bench)/' },
    },
    {
      name: 'commands-apart',
      comment: 'tools, e2e and bench share libraries, not files',
      severity: 'error',
      from: { path: '^(tools|e2e|bench)/' },
      to: { path: '^(tools|e2e|bench)/', pathNot: '^$1/' },
    },
    {
      name: 'by-package',
      comment: 'import another package by its name, not by a path into it',
      severity: 'error',
      from: { path: '^((apps|libs)/[^/]+|tools|e2e|bench)/' },
      to: { path: '^((apps|libs)/[^/]+|tools|e2e|bench)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'tests-import-not-imported',
      comment: 'what is shipped does not stand on tests',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/' },
      to: { path: '^(apps|libs)/[^/]+/(test|testing)/' },
    },
    {
      name: 'test-kit-for-tests',
      severity: 'error',
      comment: 'services do not run on what is for tests and for starting a mesh',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '^libs/(test-kit|local-mesh)/' },
      to: { path: '^libs/(test-kit|local-mesh)/' },
    },
    {
      name: 'one-express',
      comment: 'an app is made by createServiceApp only; a second one would swallow event routes',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: [`${kit}/create-service-app.ts`, `${kit}/http/`] },
      to: { path: 'node_modules/express/' },
    },
    {
      name: 'one-http-server',
      comment: 'a service listens by createServiceApp only; the mailbox is no service, the collector is for tests',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: ['^apps/mailbox/', '^libs/test-kit/', `${kit}/http/`] },
      to: { path: '^(node:)?https?$', dependencyTypesNot: ['type-only'] },
    },
    ...featuresDown,
    kitLayer('http', ['database', 'outbox', 'inbox', 'operator']),
    kitLayer('database', ['http', 'outbox', 'inbox', 'operator']),
    kitLayer('outbox', ['http', 'inbox', 'operator']),
    kitLayer('inbox', ['http', 'operator']),
    kitLayer('tracing', ['http', 'database', 'outbox', 'inbox', 'operator']),
    {
      name: 'kit-shared',
      comment: 'log, clock, sidecar and the like serve all layers; they know problems and spans only',
      severity: 'error',
      from: { path: `${kit}/[^/]+\\.ts$`, pathNot: kitComposition },
      to: { path: `${kit}/(database|outbox|inbox|operator)/` },
    },
    {
      name: 'kit-composition',
      comment: 'what puts a service together imports the layers; operator/ alone gets all dependencies',
      severity: 'error',
      from: { path: `${kit}/`, pathNot: [kitComposition, `${kit}/operator/`] },
      to: { path: kitComposition },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/fixtures/', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
