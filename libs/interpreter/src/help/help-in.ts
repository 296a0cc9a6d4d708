import type { Language } from '../grammar/said.ts'
import { textsOf } from '../texts/texts-of.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Help } from './help.ts'

export const help: Record<Language, Help> = { en, de, fr, es }

/** What `help` says. */
export const helpIn = (language: Language): string => {
  const t = textsOf({ language })
  const lines = help[language].map(({ does, examples }) => `- ${does}: ${examples.join(' · ')}`)
  return `${t.introduction}\n\n${t.help(lines.join('\n'))}`
}
