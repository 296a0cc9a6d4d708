import { textsOf } from '../../texts/texts-of.ts'
import { beginning, loose } from '../../words/pattern.ts'
import { added } from '../add.ts'
import type { Grammar } from '../grammar.ts'
import type { Act, Intent } from '../intent.ts'
import { maxDates } from '../look.ts'
import { splitWhen } from '../move.ts'
import { phrase, type Rule } from '../rule.ts'
import type { Said } from '../said.ts'
import { readTarget } from '../target.ts'
import { isForeign } from '../unknown.ts'
import { durationIn, quick, readDuration, readWhen } from '../when.ts'
import { isSlipOf } from '../words.ts'
import type { Commands } from './commands.ts'

type Groups = Record<string, string | undefined>

/** The grammar of a table of commands. */
export const grammarOf = (c: Commands): Grammar => {
  const span = durationIn(c.language)
  const patterns = (sources: string[]): RegExp => phrase(...sources.map((each) => loose(each).replaceAll('SPAN', span)))
  /** "add please milk" */
  const inside = new RegExp(`^(?:(?:${loose(c.please)})[, ]+)+(?=\\S)`, 'iu')
  const rule = (sources: string[], read: (groups: Groups, said: Said) => Intent | undefined): Rule => [
    patterns(sources),
    ({ o, ...groups }, said) => read(o === undefined ? groups : { ...groups, o: o.replace(inside, '') }, said),
  ]
  const say = (sources: string[], kind: 'help' | 'about' | 'greeting' | 'thanks' | 'yes' | 'no' | 'undo'): Rule =>
    rule(sources, () => ({ kind }))
  const refuse = (
    sources: string[],
    why: 'negation' | 'condition' | 'anyQuestion' | 'part' | 'elsewhere' | 'reminders',
  ) => rule(sources, (_, said) => ({ kind: 'refused', say: textsOf(said).refused[why] }))
  const act = (kind: Exclude<Act['kind'], 'move' | 'remind' | 'snooze' | 'repeat'>) =>
    rule(c[kind], ({ o = '' }, said) => ({ kind, target: readTarget(o.replace(c.ofMyList, ''), said) }))
  const shifts = c.shift.map((each) => patterns([each]))

  const moved = ({ o = '', verb = '' }: Groups, said: Said): Intent => {
    const found = shifts.map((each) => each.exec(o)?.groups).find(Boolean)
    const by = found && readDuration(found.span!, c.language)
    if (by) {
      const isEarlier = c.earlier.test(`${verb} ${found.side ?? ''}`)
      return { kind: 'move', target: readTarget(found.o!, said), to: { by: isEarlier ? by.negated() : by } }
    }
    const split = splitWhen(o, said)
    if (split) return { kind: 'move', target: readTarget(split.object, said), to: split.to }
    if (!/^"[^"]*"$/.test(o) && c.toTime.test(o)) return { kind: 'unknown', hint: textsOf(said).hints.move }
    return { kind: 'move', target: readTarget(o, said) }
  }

  const look: Rule[] = [
    rule(c.history, ({ o }) => ({ kind: 'history', target: { by: 'words', text: o!, isQuoted: false } })),
    rule(c.preview, ({ o, count }, said) => {
      const { title, ...rule } = quick(o!, said)
      if (rule.recurrence_rule === undefined || title !== '')
        return { kind: 'unknown', hint: textsOf(said).hints.preview }
      const wanted = Number(count)
      return { kind: 'preview', rule: { title, ...rule }, count: wanted >= 1 && wanted <= maxDates ? wanted : 5 }
    }),
    rule(c.find, ({ o }) => ({ kind: 'find', text: o! })),
  ]

  const remind: Rule[] = [
    rule(c.remindBy, ({ o, span, side = '' }, said) => {
      const offset = readDuration(span!, c.language)
      const at = offset && { offset, side: c.after.test(side) ? ('after' as const) : ('before' as const) }
      return at && { kind: 'remind', target: readTarget(o!, said), at }
    }),
    rule(c.remindTo, ({ o, when = '' }, said) => {
      if (when && !readWhen(when, said) && !quick(`x ${when}`, said).recurrence_rule) return undefined
      const task = quick(`${o} ${when}`.trim(), said)
      return task.title ? { kind: 'remind_to', task } : undefined
    }),
    rule(c.remindOf, ({ o, when }, said) => {
      const at = when === undefined ? undefined : readWhen(when, said)
      if (when !== undefined) return at && { kind: 'remind', target: readTarget(o!, said), at: { when: at } }
      const split = splitWhen(o!, said)
      return split
        ? { kind: 'remind', target: readTarget(split.object, said), at: split.to }
        : { kind: 'remind', target: readTarget(o!, said) }
    }),
    rule(c.remindNothing, (_, said) => ({ kind: 'unknown', hint: textsOf(said).hints.remind })),
    rule(c.snooze, ({ o = '', span, when }, said) => {
      const target = readTarget(o, said)
      if (span === undefined && when === undefined) return { kind: 'snooze', target }
      const [length, until] = [span && readDuration(span, c.language), when && readWhen(when, said)]
      if (length) return { kind: 'snooze', target, to: { for: length } }
      return until ? { kind: 'snooze', target, to: { when: until } } : undefined
    }),
  ]

  const changes: Rule[] = [
    rule(c.undate, ({ o = '' }, said) => ({ kind: 'move', target: readTarget(o, said), to: { when: null } })),
    refuse(c.refused.part, 'part'),
    refuse(c.refused.elsewhere, 'elsewhere'),
    refuse(c.refused.reminders, 'reminders'),
    rule(c.refused.cancel, ({ o }, said) => ({ kind: 'refused', say: textsOf(said).refused.cancel(o!) })),
    act('reopen'),
    act('complete'),
    act('pause'),
    act('resume'),
    rule(c.repeat, ({ o }, said) => {
      const { title, ...rule } = quick(o!, said)
      if (!rule.recurrence_rule || rule.tags || rule.category || rule.priority || rule.reminders)
        return { kind: 'unknown', hint: textsOf(said).hints.repeat }
      return {
        kind: 'repeat',
        target: readTarget(o!.includes('"') ? `"${title}"` : title, said),
        rule: { title, ...rule },
      }
    }),
    ...remind,
    rule(c.move, moved),
    act('delete'),
    act('restore'),
    say(c.undo, 'undo'),
    rule(c.addNothing, () => ({ kind: 'add', tasks: [] })),
    rule(c.addMany, ({ o }, said) =>
      added(
        o!.split(/\s*[,;\n]\s*/).map((each) => each.replace(/^(?:[-*•]\s*|\d+[.)]\s+)/i, '')),
        said,
      ),
    ),
    rule(c.add, ({ o }, said) => added([o!.replace(c.ofMyList, '')], said)),
  ]

  const leadIn = `(?:(?:${c.polite})[, ]+)*(?:${c.asking})?`
  return {
    sentences: {
      startsChange: beginning(`${leadIn}(?:${c.changing})`),
      startsHarmless: beginning(`${leadIn}(?:${c.harmless})`),
      startsAnswer: beginning(c.takingBack),
      startsAddition: beginning(`${leadIn}(?:${c.adding})`),
      separator: new RegExp(`(?<=[!?;]|(?<!\\d)\\.)\\s+|\\s*\\n\\s*|,?\\s+(?:${loose(c.between)})\\s+`, 'giu'),
      isTaskList: new RegExp(`^(?:${loose(c.taskList)})\\s*(?::|$)`, 'iu'),
    },
    ...(c.apart ? { apart: c.apart } : {}),
    polite: new RegExp(`^(?:(?:${loose(c.polite)})(?:\\s*[,!:]\\s*|\\s+))+(?=\\S)`, 'iu'),
    asking: new RegExp(`^(?:${loose(c.asking)})`, 'iu'),
    thanks: new RegExp(`(?:[,\\s]+(?:${loose(c.thanks)}))+$`, 'iu'),
    isAddition: beginning(c.adding),
    please: new RegExp(`[,\\s]+(?:${loose(c.please)})$`, 'iu'),
    talk: (['help', 'about', 'greeting', 'thanks', 'yes', 'no'] as const).map((kind) => say(c.talk[kind], kind)),
    turned: [
      refuse(c.negation, 'negation'),
      refuse(c.condition, 'condition'),
      say(c.howTo, 'help'),
      refuse(c.question, 'anyQuestion'),
    ],
    look,
    changes,
    lookingUp: c.lookingUp,
    unknown: (words, part, said) => {
      const t = textsOf(said)
      const [first = '', ...others] = words.split(' ')
      const meant = c.verbs.find((verb) => isSlipOf(first.toLowerCase(), verb))
      if (meant) return { kind: 'unknown', hint: t.didYouMean([meant, ...others].join(' ')) }
      if (isForeign(part)) return { kind: 'unknown', hint: t.otherLanguage }
      const done = c.isDone.exec(words)?.groups?.o
      if (done) return { kind: 'unknown', hint: t.hints.ifDone(done) }
      const todo = c.isTodo.exec(words)?.groups?.o
      return todo ? { kind: 'unknown', hint: t.hints.toNote(todo) } : { kind: 'unknown' }
    },
  }
}
