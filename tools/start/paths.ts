import { join } from 'node:path'

/** Where a clone keeps what belongs to it alone. Deleting `.taskflow` (or `npm start -- --fresh`) forgets all of it. */
export const pathsOf = (root: string) => {
  const state = join(root, '.taskflow')
  return {
    root,
    state,
    lock: join(state, 'lock'),
    processes: join(state, 'processes.json'),
    secrets: join(state, 'secrets.json'),
    env: join(state, 'env'),
    /** The run file as it is, and its copy for other ports. */
    runFile: join(root, 'dapr.yaml'),
    runFileCopy: join(state, 'dapr.yaml'),
    logs: join(state, 'logs'),
    previousLogs: join(state, 'logs.previous'),
    /** The register of who listens where; dapr/config.yaml names it too. */
    names: join(state, 'names.db'),
    kafka: join(state, 'kafka'),
    postgres: join(state, 'postgres'),
    mail: join(state, 'mail'),
    /** What the audit log was, signed, and the key to check it with: for npm run audit:verify. */
    auditCheckpoints: join(state, 'audit-checkpoints.ndjson'),
    auditPublicKey: join(state, 'audit-public-key.pem'),
    /** The web page; `dist` in it is what chat-api serves. */
    console: join(root, 'apps', 'console'),
    /** Where `dapr run` writes the logs of a service and its sidecar. */
    serviceLogs: (service: string) => join(root, 'apps', service, '.dapr', 'logs'),
    log: (name: string) => join(state, 'logs', `${name}.log`),
  }
}

export type Paths = ReturnType<typeof pathsOf>
