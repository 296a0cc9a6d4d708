import { chainHash, chainStart, recordedText } from '../src/domain/chain.ts'
import type { ChainLink } from '../src/domain/verify-chain.ts'

/** The record that follows the given one. */
export const linkAfter = (
  previous: ChainLink | undefined,
  sequence: number,
  title = `title ${sequence}`,
): ChainLink => {
  const recorded = recordedText({ sequence, event_id: `event ${sequence}`, type: 'task.created', data: { title } })
  return { sequence, recorded, hash: chainHash(previous?.hash ?? chainStart, recorded) }
}

/** A chain of `count` records. */
export const chainOf = (count: number): ChainLink[] => {
  const links: ChainLink[] = []
  for (let sequence = 1; sequence <= count; sequence++) links.push(linkAfter(links.at(-1), sequence))
  return links
}

/** The lines of an export. */
export const exportOf = (links: ChainLink[]): string =>
  links.map(({ recorded, hash }) => `${recorded.slice(0, -1)},"hash":"${hash}"}\n`).join('')
