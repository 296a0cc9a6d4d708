import { X509Certificate } from 'node:crypto'
import { PartError } from '@taskflow/local-mesh'
import { serviceNames, services } from '@taskflow/service-kit'
import type { Cluster } from './cluster.ts'
import { openForward } from './forward.ts'
import { getObjects, readSecret } from './kubectl.ts'

/** The console, its script, and the documents. */
export const checkPages = async ({ entryPoint }: Cluster): Promise<string> => {
  const url = await entryPoint.url()
  const page = await read(`${url}/`, 'text/html')
  const script = page.match(/src="(\/assets\/[^"]+\.js)"/)?.[1]
  if (!script) throw new PartError('the console loads no script', { fix: 'npx nx build console, npm run k8s:images' })
  await read(url + script, 'javascript')
  await read(`${url}/docs`, 'text/html')
  await read(`${url}/openapi.json`, 'json')
  await read(`${url}/schemas`, 'json')
  return 'the console with its script, /docs, /openapi.json, /schemas'
}

const read = async (url: string, type: string): Promise<string> => {
  const answer = await fetch(url, { headers: { accept: '*/*' } })
  const is = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !is.includes(type)) throw new PartError(`${new URL(url).pathname}: ${answer.status} ${is}`)
  return answer.text()
}

/** Every service and every sidecar has metrics. */
export const checkMetrics = async (): Promise<string> => {
  const found = await Promise.all(
    serviceNames.flatMap((name) =>
      [
        { port: services[name].port, one: `service="${name}"` },
        { port: 9090, one: `app_id="${name}"` },
      ].map(async ({ port, one }) => {
        const forward = await openForward(`deployment/${name}`, port)
        try {
          const text = await read(`http://127.0.0.1:${forward.port}/metrics`, 'text/plain')
          const series = text.split('\n').filter((line) => line.includes(one)).length
          if (series === 0) throw new PartError(`${name}: /metrics on port ${port} names no ${one}`)
          return series
        } finally {
          forward.stop()
        }
      }),
    ),
  )
  return `${found.reduce((a, b) => a + b, 0)} series of ${found.length} processes`
}

/**
 * The Ingress leads to chat-api with a certificate for its host. Whether a controller serves it depends on the cluster.
 */
export const checkIngress = async (): Promise<string> => {
  const [ingress] = await getObjects('ingress')
  const [tls] = ingress?.spec.tls ?? []
  if (!tls) throw new PartError('there is no Ingress with a certificate')
  const [host] = tls.hosts
  const certificate = new X509Certificate(await readSecret(tls.secretName, 'tls.crt'))
  if (!certificate.checkHost(host)) throw new PartError(`the certificate is not for ${host}`)
  const [at] = ingress.status.loadBalancer?.ingress ?? []
  return `${host}, ${at ? `served at ${at.ip ?? at.hostname}` : 'not served by a controller'}`
}
