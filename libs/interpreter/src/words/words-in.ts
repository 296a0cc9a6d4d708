import type { Language } from '../grammar/said.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Words } from './words.ts'

const all: Record<Language, Words> = { en, de, fr, es }
export const wordsIn = (language: Language): Words => all[language]
