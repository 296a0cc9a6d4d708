/** The texts of mails in one language. Inserted values are plain text; the templates escape them. */
export interface MailTexts {
  reminderSubject: (title: string) => string
  digestSubject: (day: string, count: number) => string
  hello: (name: string) => string
  /** The title follows. */
  reminderOf: string
  remindersOf: (day: string) => string
  /** The date follows. */
  due: string
  highPriority: string
  late: (wasFor: string) => string
  complete: string
  snooze: string
  unsubscribe: string
}

const en: MailTexts = {
  reminderSubject: (title) => `Reminder: ${title}`,
  digestSubject: (day, count) => `Your reminders of ${day}: ${count}`,
  hello: (name) => `Hello ${name},`,
  reminderOf: 'this is your reminder of:',
  remindersOf: (day) => `these are your reminders of ${day}:`,
  due: 'Due:',
  highPriority: 'Priority: high',
  late: (wasFor) => `This reminder comes late: it was for ${wasFor}.`,
  complete: 'Mark it as done',
  snooze: 'Remind me later',
  unsubscribe: 'No more of these mails',
}

const de: MailTexts = {
  reminderSubject: (title) => `Erinnerung: ${title}`,
  digestSubject: (day, count) => `Erinnerungen vom ${day}: ${count}`,
  hello: (name) => `Hallo ${name},`,
  reminderOf: 'hier ist eine Erinnerung an:',
  remindersOf: (day) => `hier sind die Erinnerungen vom ${day}:`,
  due: 'Fällig:',
  highPriority: 'Priorität: hoch',
  late: (wasFor) => `Diese Erinnerung kommt verspätet, sie war für: ${wasFor}.`,
  complete: 'Als erledigt markieren',
  snooze: 'Später erinnern',
  unsubscribe: 'Keine solchen Mails mehr',
}

/** In French a no-break space stands before a colon. */
const fr: MailTexts = {
  reminderSubject: (title) => `Rappel\u00a0: ${title}`,
  digestSubject: (day, count) => `Vos rappels du ${day}\u00a0: ${count}`,
  hello: (name) => `Bonjour ${name},`,
  reminderOf: 'voici votre rappel\u00a0:',
  remindersOf: (day) => `voici vos rappels du ${day}\u00a0:`,
  due: 'Échéance\u00a0:',
  highPriority: 'Priorité\u00a0: haute',
  late: (wasFor) => `Ce rappel arrive en retard, il était prévu pour\u00a0: ${wasFor}.`,
  complete: 'Marquer comme terminée',
  snooze: 'Me le rappeler plus tard',
  unsubscribe: 'Ne plus recevoir ces e-mails',
}

const es: MailTexts = {
  reminderSubject: (title) => `Recordatorio: ${title}`,
  digestSubject: (day, count) => `Tus recordatorios del ${day}: ${count}`,
  hello: (name) => `Hola, ${name}:`,
  reminderOf: 'este es tu recordatorio de:',
  remindersOf: (day) => `estos son tus recordatorios del ${day}:`,
  due: 'Vence:',
  highPriority: 'Prioridad: alta',
  late: (wasFor) => `Este recordatorio llega tarde, era para: ${wasFor}.`,
  complete: 'Marcar como hecha',
  snooze: 'Recordármelo más tarde',
  unsubscribe: 'No recibir más estos correos',
}

/** Every language, each with every text. */
export const mailTexts = { en, de, fr, es }

/** The texts for a reader's locale, like `de-AT`; by default English. */
export const mailTextsFor = (locale: string): { language: string; texts: MailTexts } => {
  const { language } = new Intl.Locale(locale)
  return isKnown(language) ? { language, texts: mailTexts[language] } : { language: 'en', texts: en }
}

const isKnown = (language: string): language is keyof typeof mailTexts => Object.hasOwn(mailTexts, language)
