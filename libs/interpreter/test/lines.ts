import fc from '@taskflow/test-kit/fast-check'

/** Parts of lines that look like commands: words and verbs in any order, a verb to begin with, a title, and its place. */
export const partsOfLines = (words: string[], verbs: string[], titles: string[]) =>
  [
    fc.array(fc.oneof({ arbitrary: fc.constantFrom(...words), weight: 5 }, fc.constantFrom(...verbs)), {
      maxLength: 5,
    }),
    fc.constantFrom('', ...verbs),
    fc.constantFrom('', '', ...titles),
    fc.boolean(),
  ] as const

export const lineOf = (some: string[], first: string, title: string, isBefore: boolean): string =>
  [first, ...(isBefore ? [title, ...some] : [...some, title])].filter(Boolean).join(' ')
