import type { Language } from '../src/grammar/said.ts'
import { createWorld, task } from './world.ts'

const titles = {
  en: {
    ...{ milk: 'Buy milk', bread: 'Buy bread', rent: 'Pay rent', dentist: 'Dentist', report: 'Write the report' },
    ...{ gym: 'Gym', mom: 'Call mom', party: 'Call mom about the party', yoga: 'Yoga' },
    ...{ bus: 'Check when the bus leaves', tax: 'Old tax' },
  },
  de: {
    ...{ milk: 'Milch kaufen', bread: 'Brot kaufen', rent: 'Miete zahlen', dentist: 'Zahnarzt' },
    ...{ report: 'Bericht schreiben', gym: 'Training', mom: 'Mama anrufen', party: 'Mama wegen der Feier anrufen' },
    ...{ yoga: 'Yoga', bus: 'Schauen, wann der Bus fährt', tax: 'Alte Steuer' },
  },
  fr: {
    ...{ milk: 'Acheter du lait', bread: 'Acheter du pain', rent: 'Payer le loyer', dentist: 'Dentiste' },
    ...{ report: 'Écrire le rapport', gym: 'Gym', mom: 'Appeler maman', party: 'Appeler maman pour la fête' },
    ...{ yoga: 'Yoga', bus: 'Voir quand part le bus', tax: 'Vieux impôts' },
  },
  es: {
    ...{ milk: 'Comprar leche', bread: 'Comprar pan', rent: 'Pagar el alquiler', dentist: 'Dentista' },
    ...{ report: 'Escribir el informe', gym: 'Gimnasio', mom: 'Llamar a mamá', party: 'Llamar a mamá por la fiesta' },
    ...{ yoga: 'Yoga', bus: 'Ver cuándo sale el bus', tax: 'Impuesto viejo' },
  },
} satisfies Record<Language, Record<string, string>>

/** The tasks that the phrases refer to, in Berlin on Saturday, 21 November 2026 at 11:00. */
export const createHome = (
  place: { now?: string; time_zone?: string; locale?: string } = {},
  language: Language = 'en',
) => {
  const title = titles[language]
  return createWorld(
    [
      task(title.milk, { due_date: '2026-11-21T16:00:00Z', tags: ['home'] }),
      task(title.bread),
      task(title.rent, { due_date: '2026-11-20T08:00:00Z' }),
      task(title.dentist, {
        due_date: '2026-11-25T13:30:00Z',
        reminders: [{ id: 'r1', type: 'before', offset: 'PT1H', at: '2026-11-25T12:30:00Z', state: 'pending' }],
      }),
      task(title.report, { due_date: '2026-11-23T08:00:00Z', tags: ['work'] }),
      task(title.gym, { due_date: '2026-11-23T17:00:00Z', recurrence_rule: 'weekly' }),
      task(title.mom),
      task(title.party),
      task(title.yoga, { recurrence_rule: 'daily', category: 'paused' }),
      task(title.bus),
      task(title.tax, { is_completed: true }),
    ],
    place,
  )
}
