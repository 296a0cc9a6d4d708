import { z } from 'zod'

/** Where reminders may be posted to: `https:443`, and others that an operator allows. */
export type WebhookPorts = string[]

const entry = /^(?:(https?):)?(\d{1,5})$/

/** The setting WEBHOOK_PORTS: ports of https, or `http:PORT`, separated by commas. */
export const webhookPorts = z
  .string()
  .default('443')
  .transform(
    (value, context): WebhookPorts =>
      value.split(',').map((each) => {
        const [, scheme = 'https', port] = entry.exec(each.trim()) ?? []
        if (port) return `${scheme}:${port}`
        context.addIssue('must be ports, like 443,8443 or http:8080')
        return z.NEVER
      }),
  )

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' }

/** Why nothing is posted to a URL, and what to do; undefined when it is allowed. */
export const whyNotPostedTo = (url: string, allowed: WebhookPorts): string | undefined => {
  const { protocol, port } = new URL(url)
  if (allowed.includes(`${protocol}${port || defaultPorts[protocol]}`)) return undefined
  return `must be an https URL on port ${allowed.map((each) => each.replace('https:', '')).join(' or ')}`
}
