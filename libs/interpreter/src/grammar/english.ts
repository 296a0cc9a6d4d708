import { add } from './add.ts'
import { complete } from './complete.ts'
import { remove } from './delete.ts'
import type { Grammar } from './grammar.ts'
import { look } from './look.ts'
import { move } from './move.ts'
import { refuse } from './refuse.ts'
import { remind } from './remind.ts'
import { repeat } from './repeat.ts'
import { talk, turned } from './talk.ts'
import { unknown } from './unknown.ts'

/** Verbs of commands and questions that may begin another part of a text. */
const changing = `complete|finish|mark|tick|check off|delete|remove|erase|move|reschedule|postpone|push|delay|put off|pause|resume|reopen|restore|snooze|repeat|stop repeating`
const harmless = `add|create|new task|remind me|show|list|find|search|what|what's|which|when|how many|help|agenda|preview|undo`
const leadIn = `(?:(?:please|also|and|then|now|ok|okay|so)[, ]+)*(?:(?:can|could|would|will) you (?:please )?)?`

export const english: Grammar = {
  sentences: {
    startsChange: new RegExp(`^${leadIn}(?:${changing})\\b`, 'iu'),
    startsHarmless: new RegExp(`^${leadIn}(?:${harmless})\\b`, 'iu'),
    startsAnswer:
      /^(?:no|nope|never ?mind|forget it|(?:just )?kidding|don't|do not|cancel|stop|wait|thanks|thank you|thx|cheers|please|actually|on second thought)\b/i,
    startsAddition: new RegExp(`^${leadIn}(?:add|create|new task|remind me|todo|note|put|remember to)\\b`, 'iu'),
    separator: /(?<=[.!?;])\s+|\s*\n\s*|,?\s+(?:and then|then|and also)\s+/giu,
    isTaskList: /^\S+ (?:\S+ )*?(?:tasks|todos|to-dos)\s*(?::|$)/i,
  },
  polite:
    /^(?:(?:hey|hi|hello|ok|okay|please|pls|so|well|alright|right|now|also|and|then|taskflow|assistant|bot|great|thanks)(?:\s*[,!:]\s*|\s+))+(?=\S)/i,
  asking:
    /^(?:(?:can|could|would|will) you (?:please |kindly |maybe )?|would you mind |i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need you to |let's |kindly )(?:please )?/i,
  thanks: /(?:[,\s]+(?:please|pls|thanks|thank you|for me|now|right now|right away|asap|then))+$/i,
  isAddition: /^(?:add|create|new|make|put|remind|todo|to-do|task|note|jot|remember|don't)\b/i,
  please: /[,\s]+(?:please|pls)$/i,
  talk,
  turned,
  look,
  changes: [...refuse, ...complete, ...repeat, ...remind, ...move, ...remove, ...add],
  lookingUp: ['show', 'list', 'find', 'search', 'help', 'agenda', 'overdue', 'tomorrow', 'today', 'what'],
  unknown,
}
