import { join } from 'node:path'

/** Files of a clone. Deleting `.taskflow` (or `npm start -- --fresh`) removes its whole state. */
export const pathsOf = (root: string) => {
  const state = join(root, '.taskflow')
  return {
    root,
    state,
    lock: join(state, 'lock'),
    processes: join(state, 'processes.json'),
    secrets: join(state, 'secrets.json'),
    env: join(state, 'env'),
    /** What each service and each sidecar alone may know; named by dapr.yaml and by the script in `daprRuntime`. */
    secretsOf: (name: string) => join(state, 'secrets', `${name}.env`),
    /** For DAPR_RUNTIME_PATH. */
    daprRuntime: join(state, 'dapr'),
    /** The run file, and its copy for other ports. */
    runFile: join(root, 'dapr.yaml'),
    runFileCopy: join(state, 'dapr.yaml'),
    logs: join(state, 'logs'),
    previousLogs: join(state, 'logs.previous'),
    /** Dapr's name resolution database, also named by dapr/config.yaml. */
    names: join(state, 'names.db'),
    kafka: join(state, 'kafka'),
    postgres: join(state, 'postgres'),
    mail: join(state, 'mail'),
    /** Signed checkpoints of the audit log and the key to verify them, for npm run audit:verify. */
    auditCheckpoints: join(state, 'audit-checkpoints.ndjson'),
    auditPublicKey: join(state, 'audit-public-key.pem'),
    /** The web page; chat-api serves its `dist`. */
    console: join(root, 'apps', 'console'),
    /** Folder where `dapr run` writes the logs of a service and its sidecar. */
    serviceLogs: (service: string) => join(root, 'apps', service, '.dapr', 'logs'),
    log: (name: string) => join(state, 'logs', `${name}.log`),
  }
}

export type Paths = ReturnType<typeof pathsOf>
