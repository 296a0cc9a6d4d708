import type { Help } from './help.ts'

export const de: Help = [
  {
    does: 'Hinzufügen',
    examples: [
      'füge Milch kaufen hinzu',
      'füge Miete zahlen jeden 1. um 9 Uhr #heim !high hinzu',
      'neue Aufgabe: Zahnarzt am 3. Dezember um 14:30',
      'setze Eier auf meine Liste',
      'neue Aufgaben: Milch, Eier, Brot',
      'füge "jeden Montag lesen" hinzu',
    ],
  },
  {
    does: 'Was fällig ist',
    examples: [
      'was ist heute fällig?',
      'was habe ich morgen vor?',
      'was ist überfällig?',
      'Agenda',
      'diese Woche',
      'was ist am Freitag fällig?',
    ],
  },
  {
    does: 'Zeigen',
    examples: [
      'zeige meine Aufgaben',
      'zeige #home Aufgaben',
      'zeige Aufgaben mit hoher Priorität',
      'zeige erledigte Aufgaben',
      'wie viele Aufgaben habe ich?',
      'zeige wiederkehrende Aufgaben',
    ],
  },
  {
    does: 'Finden',
    examples: [
      'finde Zahnarzt',
      'wann ist der Zahnarzt?',
      'habe ich Miete zahlen erledigt?',
      'ist Miete zahlen erledigt?',
    ],
  },
  {
    does: 'Erledigen',
    examples: [
      'erledige Milch kaufen',
      'markiere Miete zahlen als erledigt',
      'hake Milch kaufen ab',
      'ich habe den Bericht erledigt',
      'ich bin mit Miete zahlen fertig',
      'erledige alle überfälligen Aufgaben',
    ],
  },
  { does: 'Wieder öffnen', examples: ['öffne alte Steuer wieder', 'markiere alte Steuer als nicht erledigt'] },
  {
    does: 'Verschieben',
    examples: [
      'verschiebe Zahnarzt auf nächsten Freitag um 15 Uhr',
      'verschiebe den Bericht um 2 Tage',
      'ziehe den Bericht um 1 Tag vor',
      'entferne das Fälligkeitsdatum von Milch kaufen',
      'verschiebe alle heutigen Aufgaben auf morgen',
    ],
  },
  {
    does: 'Löschen',
    examples: [
      'lösche Milch kaufen',
      'lösche die Aufgabe Zahnarzt',
      'lösche alle Aufgaben mit #work',
      'stelle Milch kaufen wieder her',
    ],
  },
  {
    does: 'Erinnern',
    examples: [
      'erinnere mich daran, morgen um 9 Uhr Bob anzurufen',
      'erinnere mich jeden Tag um 8 Uhr daran, Tabletten zu nehmen',
      'erinnere mich an den Zahnarzt 2 Stunden vorher',
      'erinnere mich am Freitag um 8 Uhr an Miete zahlen',
    ],
  },
  {
    does: 'Später erinnern',
    examples: [
      'verschiebe die Erinnerung an Zahnarzt um 30 Minuten',
      'verschiebe die Erinnerung an Zahnarzt bis morgen um 9 Uhr',
    ],
  },
  {
    does: 'Wiederholen',
    examples: [
      'wiederhole Training jeden Montag um 18 Uhr',
      'pausiere Training',
      'setze Yoga fort',
      'Vorschau jeden letzten Freitag',
    ],
  },
  { does: 'Verlauf', examples: ['Verlauf von Miete zahlen', 'was ist mit Miete zahlen passiert?'] },
  {
    does: 'Nach einer Antwort',
    examples: [
      'erledige sie',
      'erledige 2',
      'lösche die letzte',
      'erledige 1 und 3',
      'rückgängig',
      'ja',
      'nein',
      'vergiss es',
    ],
  },
]
