import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withinCpuTime } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'
import { createHome } from './home.ts'
import { lineOf, partsOfLines } from './lines.ts'
import { type Call, createConversation } from './world.ts'

const words = {
  de: {
    verbs:
      'erledige lösche entferne verschiebe pausiere wiederhole markiere öffne hake setze ziehe stelle streiche ändere'.split(
        ' ',
      ),
    others: `nicht kein keine nie wenn falls sobald ob du ich bitte die der das meine aufgabe aufgaben alle alles beide eine 1 2 3 Milch
      Brot Miete Zahnarzt Bericht Training Mama Feier kaufen anrufen zahlen auf bis am Freitag morgen heute später früher erledigt ab
      fort vor und oder außer ohne vielleicht sagte " ? #home überfällig fällig um 2 Tage löschen verschieben abhaken Uhr`,
    turned: /(?<!["\p{L}])(?:nicht|nie|kein|keine|außer|ohne|wenn|falls|sobald|sagte)(?!\p{L})(?![^"]*")/iu,
    set: /(?<!\p{L})(?:alle|alles|aufgaben|beide)(?!\p{L})/iu,
  },
  fr: {
    verbs:
      'termine supprime efface déplace reporte repousse suspends répète marque rouvre coche avance restaure mets'.split(
        ' ',
      ),
    others: `ne pas jamais si quand aucun aucune tu je stp le la les ma mes tâche tâches tout toutes deux une 1 2 3 lait pain loyer
      dentiste rapport gym maman fête acheter appeler payer à jusqu'à vendredi demain aujourd'hui plus tard fait comme et ou sauf
      sans peut-être dit " ? #home retard de 2 jours supprimer déplacer en date du`,
    turned: /(?<!["\p{L}])(?:ne|pas|jamais|aucune?|sauf|sans|si|quand|dit)(?!\p{L})(?![^"]*")/iu,
    set: /(?<!\p{L})(?:tout|toutes|tâches|deux|les)(?!\p{L})/iu,
  },
  es: {
    verbs: 'completa borra elimina mueve aplaza pausa reanuda repite marca reabre tacha adelanta quita cambia'.split(
      ' ',
    ),
    others: `no nunca si cuando ningún ninguna tú yo por favor el la las mi mis tarea tareas todo todas dos una 1 2 3 leche pan alquiler
      dentista informe gimnasio mamá fiesta comprar llamar pagar a al hasta viernes mañana hoy más tarde hecho como y o excepto
      sin quizás dijo " ? #home vencidas de 2 días borrar mover fecha lo`,
    turned: /(?<!["\p{L}])(?:no|nunca|ning[uú]na?|excepto|sin|si|cuando|dijo)(?!\p{L})(?![^"]*")/iu,
    set: /(?<!\p{L})(?:todo|todas|tareas|dos|las)(?!\p{L})/iu,
  },
}

const say = async (text: string, language: keyof typeof words) => {
  const world = createHome({ locale: language }, language)
  const answer = await createConversation(world)(text)
  return { world, answer }
}

const changing = /^(?:complete_tasks|delete_tasks|reschedule|pause_series|reopen|restore_tasks|update_tasks)$/
const idsOf = ({ input }: Call): string[] =>
  input.ids ??
  (input.moves ?? input.updates)?.map(({ id }: { id: string }) => id) ?? [input.series_id.replace('series of ', '')]

for (const [language, { verbs, others, turned, set }] of Object.entries(words) as [
  keyof typeof words,
  (typeof words)['de'],
][]) {
  const titles = createHome({}, language).tasks.map(({ title }) => title.toLowerCase())
  const all = others.split(/\s+/)

  test(`${language}: a command changes only the task or the set that it names`, async () => {
    let changes = 0
    await fc.assert(
      fc.asyncProperty(...partsOfLines(all, verbs, titles), async (some, first, title, isBefore) => {
        const text = lineOf(some, first, title, isBefore)
        const { world } = await say(text, language)
        for (const call of world.calls.filter(({ tool }) => changing.test(tool))) {
          changes++
          assert.doesNotMatch(text, /\?\s*$/, text)
          const isTitle = titles.some((each) => turned.test(each) && text.includes(each))
          // "as not done" reopens.
          if (!isTitle && call.tool !== 'reopen') assert.doesNotMatch(text, turned, text)
          const ids = idsOf(call)
          const isSet = set.test(text)
          assert.ok(ids.length === 1 || isSet, text)
          const used = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))
          const named = ids.map(
            (id) =>
              id
                .replace('id of ', '')
                .toLowerCase()
                .match(/[\p{L}\p{N}]+/gu) ?? [],
          )
          assert.ok(isSet || named.every((title) => title.some((word) => used.has(word))), text)
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 2_000) },
    )
    assert.ok(changes > 20, `only ${changes} commands among them`)
  })

  test(`${language}: hostile patterns get an answer within 250 ms`, async () => {
    const patterns = [...verbs, ...all].map((word) => `${word} `)
    for (const start of ['', `${verbs[0]} `, `${verbs[1]} x `])
      for (const pattern of patterns) {
        const text = (start + pattern.repeat(500)).slice(0, 990)
        await withinCpuTime(250, () => say(text, language), { attempts: 10, what: JSON.stringify(text.slice(0, 40)) })
      }
  })
}
