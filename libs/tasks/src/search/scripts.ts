// The same characters as in tasks.search_words: see the migration search-words.

/** Thai, Lao, Myanmar, Khmer, kana and Han are written without spaces: a word may begin anywhere. */
export const spaceless = String.raw`\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`

/** Symbols and pictures are words. */
export const pictures = String.raw`\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u{1f000}-\u{1fbff}`

/** What may be left out of a word: "e-mail", "o'brien", and the Persian non-joiner. */
export const joints = String.raw`\-\u2010'\u2019\u200c`

/** Accents, vowel marks of Hebrew and Arabic, soft hyphens, tones of skin. */
const marks = String.raw`\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}`
const optionalMarks = new RegExp(`[${marks}]`, 'gu')

/** A text as it is compared: without case, accents and vowel marks, character for character. */
export const fold = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replaceAll(optionalMarks, '').replaceAll('ς', 'σ')
