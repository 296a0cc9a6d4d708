import { readFileSync } from 'node:fs'
import { secretsFor } from './secrets.ts'

/**
 * The Job that creates the Secrets of a cluster for trying out. An existing Secret stays: the data depends on it. The
 * Job's account may create Secrets and do nothing else, not even read them.
 *
 * node make-secrets.ts HOST: also creates a self-signed certificate for HOST.
 */
const account = '/var/run/secrets/kubernetes.io/serviceaccount'
const read = (name: string) => readFileSync(`${account}/${name}`, 'utf8')
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env
const address = host?.includes(':') ? `[${host}]` : host
const url = `https://${address}:${port}/api/v1/namespaces/${read('namespace')}/secrets`

for (const secret of secretsFor(process.argv[2])) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${read('token')}`, 'content-type': 'application/json' },
    body: JSON.stringify(secret),
  })
  const { name } = secret.metadata
  if (response.status === 201) console.log(`created ${name}`)
  else if (response.status === 409) console.log(`${name} exists`)
  else {
    console.error(`${name} could not be created: ${response.status} ${await response.text()}`)
    process.exitCode = 1
  }
}
