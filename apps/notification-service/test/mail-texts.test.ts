import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { mailTexts, mailTextsFor } from '../src/domain/mail-texts.ts'
import {
  aPerson,
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

test('the language follows the locale, whatever its region, script or extensions; English by default', () => {
  const language = (locale: string) => mailTextsFor(locale).language
  assert.deepEqual(['de', 'de-AT', 'DE-ch', 'fr-CA', 'es-419', 'es-MX-u-ca-gregory', 'en-GB'].map(language), [
    'de',
    'de',
    'de',
    'fr',
    'es',
    'es',
    'en',
  ])
  for (const locale of ['fa-IR', 'gsw', 'den']) assert.equal(language(locale), 'en', locale)
})

test('every language translates every text and uses every placeholder', () => {
  const { en, ...others } = mailTexts
  for (const [language, texts] of Object.entries(others)) {
    for (const name of Object.keys(en) as (keyof typeof en)[]) {
      const text = (of: typeof en) => String(typeof of[name] === 'string' ? of[name] : of[name]('{a}' as never, 2))
      assert.notEqual(text(texts).trim(), '', `${language}.${name}`)
      assert.notEqual(text(texts), text(en), `${language}.${name}`)
      assert.equal(text(texts).includes('{a}'), text(en).includes('{a}'), `${language}.${name}`)
    }
  }
})

test('mails use the reader’s language: subject, text and HTML of a late reminder and of a digest', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const expected = {
    'de-AT': ['Erinnerung: L’été <1>', 'Fällig: Sonntag, 1. März 2026', 'Erinnerungen vom Montag, 2. März 2026: 1'],
    'fr-FR': ['Rappel : L’été <1>', 'Échéance : dimanche 1 mars 2026', 'Vos rappels du lundi 2 mars 2026 : 1'],
    'es-MX': [
      'Recordatorio: L’été <1>',
      'Vence: domingo, 1 de marzo',
      'Tus recordatorios del lunes, 2 de marzo de 2026: 1',
    ],
    'pl-PL': ['Reminder: L’été <1>', 'Due: niedziela, 1 marca 2026', 'Your reminders of poniedziałek, 2 marca 2026: 1'],
  }
  for (const [locale, [subject, due, digest]] of Object.entries(expected)) {
    const { texts, language } = mailTextsFor(locale)
    const fields = { title: 'L’été <1>', due_date: '2026-03-01T09:00:00Z', priority: 'high' as const }
    await service.remind(aReminderDue(await aPerson(service.database, { locale }), fields, { late: true }))
    const preferences = { daily_digest: '07:00' }
    await service.remind(aReminderDue(await aPerson(service.database, { locale, preferences }), fields))
    clock.set('2026-03-02T07:00:00Z')
    await service.send()
    clock.set('2026-03-01T08:00:00Z')
    const [one, daily] = server.mails.splice(0)
    assert.deepEqual([one?.subject, daily?.subject].map(spaces), [subject, digest])
    for (const mail of [one, daily]) {
      const [text, html] = [spaces(mail?.text), spaces(String(mail?.html))]
      for (const part of [
        due!,
        texts.hello('Ada'),
        texts.highPriority,
        texts.complete,
        texts.snooze,
        texts.unsubscribe,
      ])
        assert.ok(text.includes(spaces(part)), `${part} is in\n${text}`)
      for (const part of [`<html lang="${language}">`, 'L’été &lt;1&gt;', texts.complete, texts.highPriority])
        assert.ok(html.includes(spaces(part)), `${part} is in\n${html}`)
      assert.doesNotMatch(text + html, /function|=>|undefined|\{\{/)
    }
    assert.match(spaces(one?.text), new RegExp(spaces(texts.late('.*2026.*\\(UTC\\)'))))
  }
})

/** Treats all kinds of spaces alike. */
const spaces = (text = ''): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')
