import type { Language, Said, Speaker } from './said.ts'
import { understand } from './understand.ts'
import { tidy } from './words.ts'

const languages: Language[] = ['en', 'de', 'fr', 'es']

/** Words that none of the other languages has. */
const common: Record<Language, Set<string>> = {
  en: new Set("the my to is are and of for i you what it's i'm please with about at on need want not don't".split(' ')),
  de: new Set(
    'der die das den ich du nicht und ist sind bitte für mit auf morgen heute um am meine mein muss zu was wie'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "le la les je tu pas et est sont des du une pour avec demain aujourd'hui à dans mes mon ma dois quoi il".split(' '),
  ),
  es: new Set(
    'el la los las yo tú y es son del una para con mañana hoy mis mi tengo debo qué por favor en al'.split(' '),
  ),
}

/**
 * A message in its language: that of the account or of the message before when it is understood in it, else the first of
 * the others in which it is, else the one with most of its common words.
 */
export const languageOf = (text: string, speaker: Speaker, before: Language | undefined): Said => {
  const account = languages.find((each) => each === speaker.locale.slice(0, 2).toLowerCase()) ?? 'en'
  const order = [...new Set([before ?? account, account, ...languages])]
  const saidIn = (language: Language): Said => ({
    ...speaker,
    language,
    locale: language === account ? speaker.locale : language,
  })
  const understood = order.find((language) => {
    const parts = understand(text, saidIn(language))
    return parts.length > 0 && parts.every(({ intent }) => intent.kind !== 'unknown')
  })
  if (understood) return saidIn(understood)
  const words = tidy(text)
    .toLowerCase()
    .split(/[^\p{L}']+/u)
    .slice(0, 200)
  // A reply of two words stays in the language of the conversation.
  const found = (language: Language) =>
    words.filter((word) => common[language].has(word)).length + (language === before ? 1 : 0)
  return saidIn(order.reduce((best, each) => (found(each) > found(best) ? each : best)))
}
