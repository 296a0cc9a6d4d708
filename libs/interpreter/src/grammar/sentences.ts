/** Words by which a text is split. */
export interface SentenceWords {
  startsChange: RegExp
  startsHarmless: RegExp
  startsAnswer: RegExp
  startsAddition: RegExp
  /** Between sentences; words among them are for commands only. */
  separator: RegExp
  /** "add tasks:" spans several lines. */
  isTaskList: RegExp
}

export interface Sentence {
  text: string
  /** It may belong to the preceding title: "add ... and then delete ...". */
  isUnclear: boolean
}

/**
 * The sentences of a text. Titles may contain full stops: after a new task, only a command or a reply begins another
 * sentence. Quoted text is not split.
 */
export const splitSentences = (text: string, words: SentenceWords): Sentence[] => {
  const { startsChange, startsHarmless, startsAnswer, startsAddition, separator, isTaskList } = words
  const masked = text.replaceAll(/(?<![\p{L}\p{N}])"[^"]*"/gu, (quoted) => 'x'.repeat(quoted.length))
  const sentences: Sentence[] = []
  let from = 0
  let isUnclear = false
  for (const { 0: sign, index } of masked.matchAll(separator)) {
    const [current, after] = [text.slice(from, index), text.slice(index + sign.length)]
    const isThen = /\p{L}/u.test(sign)
    const isAddition = startsAddition.test(current)
    const isCommand = startsHarmless.test(after) || startsChange.test(after)
    if (isTaskList.test(current) || ((isThen || isAddition) && !isCommand && !(!isThen && startsAnswer.test(after))))
      continue
    sentences.push({ text: current, isUnclear })
    from = index + sign.length
    isUnclear = isThen && isAddition && startsChange.test(after)
  }
  return [...sentences, { text: text.slice(from), isUnclear }].filter(({ text }) => text.trim() !== '')
}
