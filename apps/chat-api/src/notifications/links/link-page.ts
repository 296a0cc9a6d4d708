import { readFileSync } from 'node:fs'
import { type Answer, Problem } from '@taskflow/service-kit'
import Mustache from 'mustache'
import { InvalidLink } from './mail-links.ts'

const template = readFileSync(new URL('./link-page.html', import.meta.url), 'utf8')

export interface LinkPage {
  heading: string
  text: string
  /** Each posts back to the link; `query` is added to its address. */
  buttons?: { label: string; query: string }[]
}

/**
 * A small page without scripts. Only a pressed button acts: mail programs and scanners fetch links, but press no
 * buttons.
 */
export const linkPage = (status: number, page: LinkPage): Answer => ({
  status,
  body: Mustache.render(template, page)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('"', "'"),
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  },
})

/** Problems become pages too: a person is looking at them. */
export const withPages = async (work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof InvalidLink)
      return linkPage(error.status, { heading: 'Nothing was done', text: error.message })
    if (!(error instanceof Problem) || error.status >= 500) throw error
    return linkPage(error.status, { heading: 'Nothing was done', text: `Sorry: ${error.message}.` })
  }
}
