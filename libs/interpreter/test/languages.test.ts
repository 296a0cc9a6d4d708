import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { help, helpIn } from '../src/help/help-in.ts'
import { textsOf } from '../src/texts/texts-of.ts'
import { createHome } from './home.ts'
import { outcomeOf } from './outcome.ts'
import { german } from './phrases-de.ts'
import { spanish } from './phrases-es.ts'
import { french } from './phrases-fr.ts'
import { createConversation } from './world.ts'

const tables = { de: german, fr: french, es: spanish }
const languages = ['de', 'fr', 'es'] as const
type Language = (typeof languages)[number]

/** The outcome of the last of these messages, for an account in a language. */
const outcome = async (texts: string, language: Language, locale: string = language) => {
  const world = createHome({ locale }, language)
  const say = createConversation(world)
  let from = 0
  let answer = ''
  for (const text of texts.split(' || ')) {
    from = world.calls.length
    answer = await say(text)
  }
  return { said: outcomeOf(world.calls.slice(from), answer, 'Europe/Berlin'), answer }
}

const changes = /(?:^|; )(?:add|complete|delete|reopen|restore|move|remind of|snooze|repeat|pause|resume) /

for (const language of languages) {
  for (const [group, rows] of Object.entries(tables[language]))
    test(`${language}, ${group}: ${rows.length} phrases`, async () => {
      for (const [texts, expected] of rows)
        assert.deepEqual([texts, (await outcome(texts, language)).said], [texts, expected])
    })

  test(`${language}: at least 200 phrases, each once, and no trap changes anything`, () => {
    const rows = Object.values(tables[language]).flat()
    assert.ok(rows.length >= 200, `${rows.length}`)
    assert.equal(new Set(rows.map(([texts]) => texts)).size, rows.length)
    for (const [texts, expected] of tables[language].traps!) assert.doesNotMatch(expected, changes, texts)
  })

  test(`${language}: what is understood is understood for an account in English too`, async () => {
    for (const [group, rows] of Object.entries(tables[language])) {
      if (group === 'traps' || group === 'replies') continue
      for (const [texts, expected] of rows) {
        // "snooze" is an English word.
        if (/^(?:says|asks)/.test(expected) || texts.startsWith('snooze')) continue
        assert.deepEqual([texts, (await outcome(texts, language, 'en')).said], [texts, expected])
      }
    }
    for (const [texts, expected] of tables[language].traps!)
      if (!/^asks/.test(expected)) assert.doesNotMatch((await outcome(texts, language, 'en')).said, changes, texts)
  })

  test(`${language}: every example of help is understood, and in the documentation`, async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/interpreter.md'), 'utf8')
    const { introduction, notUnderstood, notSure, refused } = textsOf({ language })
    const refusals = [notUnderstood('|', ''), notSure('|'), refused.part, refused.elsewhere, refused.condition].map(
      (each) =>
        each
          .split('|')
          .toSorted((a, b) => b.length - a.length)[0]!
          .slice(0, 25),
    )
    assert.ok(helpIn(language).startsWith(introduction))
    for (const { does, examples } of help[language]) {
      const row = page.split('\n').find((line) => line.startsWith(`| ${does} `))
      for (const example of examples) {
        assert.ok(helpIn(language).includes(example))
        const { answer } = await outcome(example, language)
        for (const refusal of refusals) assert.ok(!answer.includes(refusal), `${example}: ${answer}`)
        assert.ok(row?.includes(`\`${example}\``), `${does}: ${example}`)
      }
    }
  })
}

test('a message is answered in its language, and a reply in that of the conversation', async () => {
  const answers: [texts: string, locale: string, RegExp][] = [
    ['zeige meine Aufgaben', 'en', /Du hast \d+ offene Aufgaben/],
    ['show my tasks', 'de', /You have \d+ open tasks/],
    ['montre mes tâches', 'es', /Vous avez \d+ tâches ouvertes/],
    ['muestra mis tareas', 'fr', /Tienes \d+ tareas abiertas/],
    ['erledige Mama || 7', 'en', /Ich habe nicht verstanden, welche/],
    ['hilfe || help', 'fr', /This is what I understand/],
    ['no', 'es', /De acuerdo/],
    ['no', 'en-GB', /All right/],
    ['ich habe die Milch nicht gefunden', 'en', /Ich habe .* nicht verstanden/],
    ['apagar a tarefa', 'fr', /Je comprends seulement/],
    ['删除牛奶', 'de-AT', /Ich verstehe nur/],
    ['add milk', 'nonsense', /I added/],
  ]
  for (const [texts, locale, expected] of answers)
    assert.match((await outcome(texts, texts.includes('Mama') ? 'de' : 'es', locale)).answer, expected, texts)
})

test('days, spans and states are in the language of the answer', async () => {
  const answers: [texts: string, language: Language, RegExp][] = [
    ['zeige meine Aufgaben', 'de', /“Miete zahlen”, Fr 20\. Nov, 09:00 \(überfällig\)/],
    ['verschiebe Mama um 2 Tage', 'de', /Welche dieser 2 soll ich um 2 Tage verschieben\?/],
    ['montre mes tâches', 'fr', /“Gym”, lun\. 23 nov\., 18:00 \(se répète\)/],
    ['muestra mis tareas', 'es', /“Dentista”, mié 25 nov, 14:30/],
    ['borra leche', 'es', /Esto espera tu confirmación: borrar “Comprar leche”/],
  ]
  for (const [texts, language, expected] of answers)
    assert.match((await outcome(texts, language)).answer, expected, texts)
})
