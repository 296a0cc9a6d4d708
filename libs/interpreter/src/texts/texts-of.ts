import type { Language, Said } from '../grammar/said.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Texts } from './texts.ts'

const all: Record<Language, Texts> = { en, de, fr, es }

/** What is said in the language of a message. */
export const textsOf = ({ language }: Pick<Said, 'language'>): Texts => all[language]
