import type { KubernetesObject } from './render.ts'

/** What a check found, of which object: `Deployment/chat-api`. */
export interface Finding {
  check: string
  object: string
  says: string
}

export const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`

/** An accepted finding. `object` is matched from beginning to end; `why` is for whoever reads the list. */
export interface Excuse {
  overlay?: RegExp
  check: RegExp
  object: RegExp
  why: string
}

/** Which findings nobody has excused, and which excuses nothing needs any more. */
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
    return excuse ? [] : [`${overlay}: ${finding.object}: ${finding.check}: ${finding.says}`]
  })
  return { findings, excuses: excuses.filter((each) => !used.has(each)) }
}

const matches = (pattern: RegExp, text: string): boolean => new RegExp(`^(?:${pattern.source})$`).test(text)
