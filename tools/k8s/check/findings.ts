import type { KubernetesObject } from './render.ts'

/** A finding of a check about an object such as `Deployment/chat-api`. */
export interface Finding {
  check: string
  object: string
  message: string
}

export const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`

/** An accepted finding. `object` must match the whole name. */
export interface Excuse {
  overlay?: RegExp
  check: RegExp
  object: RegExp
  why: string
}

/** Findings without an excuse, and excuses without a finding. */
export const unexplained = (
  found: { overlay: string; finding: Finding }[],
  excuses: readonly Excuse[],
): { findings: string[]; excuses: Excuse[] } => {
  const used = new Set<Excuse>()
  const findings = found.flatMap(({ overlay, finding }) => {
    const excuse = excuses.find(
      (each) =>
        (each.overlay?.test(overlay) ?? true) && each.check.test(finding.check) && matches(each.object, finding.object),
    )
    if (excuse) used.add(excuse)
    return excuse ? [] : [`${overlay}: ${finding.object}: ${finding.check}: ${finding.message}`]
  })
  return { findings, excuses: excuses.filter((each) => !used.has(each)) }
}

const matches = (pattern: RegExp, text: string): boolean => new RegExp(`^(?:${pattern.source})$`).test(text)
