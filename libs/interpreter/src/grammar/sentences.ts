/** Verbs of commands and questions that may begin another part of a text. */
const changing = `complete|finish|mark|tick|check off|delete|remove|erase|move|reschedule|postpone|push|delay|put off|pause|resume|reopen|restore|snooze|repeat|stop repeating`
const harmless = `add|create|new task|remind me|show|list|find|search|what|what's|which|when|how many|help|agenda|preview|undo`
const leadIn = `(?:(?:please|also|and|then|now|ok|okay|so)[, ]+)*(?:(?:can|could|would|will) you (?:please )?)?`
const startsChange = new RegExp(`^${leadIn}(?:${changing})\\b`, 'iu')
const startsHarmless = new RegExp(`^${leadIn}(?:${harmless})\\b`, 'iu')
const startsAnswer =
  /^(?:no|nope|never ?mind|forget it|(?:just )?kidding|don't|do not|cancel|stop|wait|thanks|thank you|thx|cheers|please|actually|on second thought)\b/i
const startsAddition = new RegExp(`^${leadIn}(?:add|create|new task|remind me|todo|note|put|remember to)\\b`, 'iu')

const separator = /(?<=[.!?;])\s+|\s*\n\s*|,?\s+(?:and then|then|and also)\s+/giu

export interface Sentence {
  text: string
  /** It may belong to the preceding title: "add ... and then delete ...". */
  isUnclear: boolean
}

/**
 * The sentences of a text. Titles may contain full stops: after a new task, only a command or a reply begins another
 * sentence. Quoted text is not split.
 */
export const splitSentences = (text: string): Sentence[] => {
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

/** "add tasks:" spans several lines. */
const isTaskList = /^\S+ (?:\S+ )*?(?:tasks|todos|to-dos)\s*(?::|$)/i
