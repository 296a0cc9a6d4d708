const spellings: Record<string, string> = {
  ...{ á: '[áa]', à: '[àa]', â: '[âa]', é: '[ée]', è: '[èe]', ê: '[êe]', í: '[íi]', î: '[îi]', ó: '[óo]', ô: '[ôo]' },
  ...{ ú: '[úu]', û: '[ûu]', ù: '[ùu]', ñ: '[ñn]', ç: '[çc]', œ: '(?:œ|oe)' },
  ...{ ä: '(?:ä|ae?)', ö: '(?:ö|oe?)', ü: '(?:ü|ue?)', ß: '(?:ß|ss)' },
}

/** A pattern that also matches words typed without accents. It must not have accents within [brackets]. */
export const loose = (pattern: string): string => pattern.replaceAll(/\P{ASCII}/gu, (sign) => spellings[sign] ?? sign)

/** Matches whole texts. */
export const wholly = (pattern: string): RegExp => new RegExp(`^(?:${loose(pattern)})$`, 'iu')

/** Matches whole words anywhere: \b knows letters of English only. */
export const within = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${loose(pattern)})(?![\\p{L}\\p{N}])`, 'iu')

/** Matches whole words at the end. */
export const ending = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${loose(pattern)})$`, 'iu')

/** Matches whole words at the beginning. */
export const beginning = (pattern: string): RegExp => new RegExp(`^(?:${loose(pattern)})(?![\\p{L}\\p{N}])`, 'iu')

/** Words, also without accents. */
export const setOf = (words: string): Set<string> =>
  new Set(
    words
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((word) => [
        word,
        word.normalize('NFD').replaceAll(/\p{M}/gu, ''),
        word.replaceAll(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter]!),
      ]),
  )
