/** The items of a list in one text. */
export const splitList = (text: string, separator: RegExp): string[] =>
  text
    .split(separator, 1_000)
    .map((each) => each.trim())
    .filter((each) => each !== '')
