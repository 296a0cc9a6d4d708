import type { ActKind, Texts } from './texts.ts'

const verbs: Record<ActKind, string> = {
  complete: 'als erledigt markieren',
  reopen: 'wieder öffnen',
  delete: 'löschen',
  restore: 'wiederherstellen',
  pause: 'pausieren',
  resume: 'fortsetzen',
  move: 'verschieben',
  remind: 'in Erinnerung bringen',
  snooze: 'später erinnern',
  repeat: 'wiederholen',
  history: 'im Verlauf zeigen',
}
const n = (count: number): string => (count === 1 ? '' : 'n')
const spaced = (text: string): string => (text ? ` ${text}` : '')
const joined = (parts: string[]): string => parts.filter(Boolean).join(' ')

export const de: Texts = {
  introduction:
    'Ich bin der eingebaute Interpreter von TaskFlow, kein Sprachmodell: Ich verstehe feste Sätze auf Deutsch, Englisch, Französisch und Spanisch. Sage „Hilfe“, um sie zu sehen.',
  help: (examples) => `Das verstehe ich:
${examples}

Ich ändere eine Aufgabe nur, wenn klar ist, welche gemeint ist, und frage sonst. Was löscht und was mehrere Aufgaben ändert, wartet auf deine Bestätigung. Anführungszeichen halten einen Titel zusammen: erledige "waschen und trocknen".`,
  greeting: 'Hallo! Sage mir, was ich anlegen, finden, abhaken oder verschieben soll. „Hilfe“ zeigt Beispiele.',
  welcome: 'Gern geschehen.',
  listening: 'Ich höre.',
  outOfStep: 'Ich habe den Faden verloren und hier aufgehört. Bitte sage es noch einmal.',
  notAvailable: (tool) => `Das darf ich hier nicht: „${tool}“ ist nicht verfügbar.`,
  notUnderstood: (part, hint) =>
    `Ich habe ${part} nicht verstanden und nichts geändert.${spaced(hint)} Sage „Hilfe“, um zu sehen, was ich verstehe.`,
  tooLong: 'Das ist mir zu lang.',
  otherLanguage: 'Ich verstehe nur Deutsch, Englisch, Französisch und Spanisch.',
  mayBeTitle: 'Es könnte zum Titel davor gehören: Setze den Titel in "Anführungszeichen".',
  didYouMean: (words) => `Meintest du „${words}“?`,

  weekdays: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'],
  months: ['Jan', 'Feb', 'März', 'Apr', 'Mai', 'Juni', 'Juli', 'Aug', 'Sept', 'Okt', 'Nov', 'Dez'],
  day: (weekday, day, month, year) => `${weekday} ${day}. ${month}${spaced(year)}`,
  spans: {
    months: ['Monat', 'Monate'],
    weeks: ['Woche', 'Wochen'],
    days: ['Tag', 'Tage'],
    hours: ['Stunde', 'Stunden'],
    minutes: ['Minute', 'Minuten'],
  },
  tasks: (count) => `${count} Aufgabe${n(count)}`,
  done: 'erledigt',
  overdue: 'überfällig',
  repeats: 'wiederholt sich',

  should: (kind, where) => `Soll ich diese${spaced(where)} ${verbs[kind]}?`,
  whichOf: (count, kind, where) => `Welche dieser ${count} soll ich${spaced(where)} ${verbs[kind]}?`,
  whichTask: (kind, where) =>
    `Welche Aufgabe soll ich${spaced(where)} ${verbs[kind]}? Sage es mit Wörtern aus ihrem Titel.`,
  byHow: (span, isEarlier) => `um ${span}${isEarlier ? ' nach vorn' : ''}`,
  toNoDate: 'auf kein Datum',
  toWhen: (when) => `auf ${when}`,
  onlyCompleted: (count) =>
    count === 1 ? 'Ich habe keine offene Aufgabe gefunden, aber eine erledigte.' : 'Ich habe nur erledigte gefunden.',
  notSureWhich: 'Ich bin nicht sicher, welche Aufgabe du meinst.',
  yesOrNo: 'Sage „ja“ oder „nein“.',
  moreMatch: 'Es passen noch mehr: Sage mehr Wörter, um eine andere zu sehen.',
  numberOrWords: 'Sage eine Nummer, Wörter aus dem Titel oder „keine“.',
  moreTitles: 'Es gibt noch mehr: Sage mehr Wörter aus dem Titel, um andere zu sehen.',
  whichAgain: 'Ich habe nicht verstanden, welche; nichts wurde geändert. Sage es noch einmal, oder „keine“.',
  showedOnly: (count) =>
    `Ich habe nur ${count} Aufgabe${n(count)} gezeigt. Sage eine dieser Nummern oder Wörter aus dem Titel.`,
  noReference:
    'Ich weiß nicht, welche Aufgabe das ist. Sage es mit Wörtern aus ihrem Titel, oder lass dir zuerst deine Aufgaben zeigen.',
  oneAtATime: 'Das mache ich nur für eine Aufgabe auf einmal. Sage es mit Wörtern aus ihrem Titel.',
  tooManyAtOnce: 'Das sind mehr, als ich auf einmal mache (höchstens 100). Ich habe nichts geändert.',
  noOpenTask: {
    overdue: ', die überfällig ist',
    all: '',
    tagged: (tag) => ` mit #${tag}`,
    due: (day) => `, die ${day} fällig ist`,
  },
  thereIsNo: (which) => `Es gibt keine offene Aufgabe${which}.`,
  today: 'heute',
  tomorrow: 'morgen',
  onlyByWords: 'Ich finde Aufgaben nur mit Wörtern. Sage etwas aus ihrem Titel.',
  notSure: (text) =>
    `Ich bin nicht sicher, was mit ${text} geschehen soll, und habe nichts geändert. Ist es ein Titel, setze ihn in "Anführungszeichen".`,
  foundNo: {
    restore: (text) =>
      `Ich habe in diesem Gespräch nichts wie ${text} gelöscht. Gelöschtes lässt sich 30 Tage lang wiederherstellen: mit „Undo“, wo es gelöscht wurde, oder in der Liste der gelöschten Aufgaben.`,
    pause: (text) =>
      `Ich habe keine wiederkehrende Aufgabe wie ${text} gefunden. Sage „zeige wiederkehrende Aufgaben“, um sie zu sehen.`,
    resume: (text) => `Ich habe keine pausierte wiederkehrende Aufgabe wie ${text} gefunden.`,
    reopen: (text) => `Ich habe keine erledigte Aufgabe wie ${text} gefunden.`,
    history: (text) => `Ich habe keine Aufgabe wie ${text} gefunden.`,
    remind: (text) =>
      `Ich habe keine offene Aufgabe wie ${text} gefunden. Für eine neue sage „erinnere mich daran, ...“.`,
    repeat: (text) =>
      `Ich habe keine offene Aufgabe wie ${text} gefunden. Für eine neue sage „füge ... jeden ... hinzu“.`,
    other: (text) => `Ich habe keine offene Aufgabe wie ${text} gefunden und nichts geändert.`,
  },

  whenTo: {
    move: (what) => `Auf wann soll ich ${what} verschieben?`,
    remind: (what) => `Wann soll ich dich an ${what} erinnern?`,
    snooze: (what) => `Wie lange oder bis wann soll die Erinnerung an ${what} warten?`,
  },
  notATime: 'Das konnte ich nicht als Zeit lesen. Versuche „morgen um 9“, oder sage „abbrechen“.',
  failed: (reason) => `Das hat nicht geklappt: ${reason}.`,
  couldNotLook: (reason) => `Ich konnte nicht nachsehen: ${reason}.`,
  unreadable: 'die Antwort war nicht lesbar',
  nothingChanged: 'Nichts wurde geändert.',
  allRight: 'In Ordnung, ich habe nichts geändert.',
  waitingFor: (what) =>
    `Das wartet auf deine Bestätigung: ${what}. Nichts geschieht, bis du bestätigst; benutze den Knopf, ich kann das nicht für dich tun.`,
  stillWaits: (what) => `Nichts ist geschehen: ${what} wartet noch. Brich es mit dem Knopf ab, oder lass es verfallen.`,
  nothingAsked: 'Ich habe nichts gefragt. Sage mir, was ich tun soll.',
  act: (kind, what) => `${what} ${verbs[kind]}`,
  noDateToCount: (what) => `${what} hat kein Datum, von dem ich zählen kann. Sage, auf welchen Tag.`,
  noTimeToCount: (what) => `${what} ist an einem Tag fällig, ohne Uhrzeit. Sage, um wie viel Uhr.`,
  wouldBePast: 'Das läge in der Vergangenheit; ich habe nichts geändert.',
  hasPassed: 'Diese Zeit ist vorbei; ich habe nichts geändert.',
  noDueDate: (what) => `${what} ist nicht fällig. Verschiebe es zuerst auf einen Tag, oder sage eine Uhrzeit.`,
  noReminder: (what) => `${what} hat keine Erinnerung. Sage „erinnere mich an ...“, um eine anzulegen.`,
  couldNot: (kind, what, reason) => `Ich konnte ${what} nicht ${verbs[kind]}: ${reason}.`,
  did: {
    complete: (what) => `Erledigt: ${what}.`,
    reopen: (what) => `Wieder offen: ${what}.`,
    delete: (what) => `Gelöscht: ${what}.`,
    restore: (what) => `Wiederhergestellt: ${what}.`,
    undate: (what) => `${what} ist nicht mehr fällig.`,
    move: (what, due) => `Ich habe ${what}${due ? ` auf ${due}` : ''} verschoben.`,
    remindAt: (what, at) => `Ich erinnere dich am ${at} an ${what}.`,
    remind: (what, due) => `Ich erinnere dich an ${what}${due ? `, fällig ${due}` : ''}, wie gesagt.`,
    snooze: (what, until) => `Die Erinnerung an ${what} wartet${until ? ` bis ${until}` : ''}.`,
    repeat: (what, due) => `${what} wiederholt sich jetzt${due ? `; fällig ${due}` : ''}.`,
    pause: (what, title) => `Ich habe ${what} pausiert: keine neuen Aufgaben, bis du „setze ${title} fort“ sagst.`,
    resume: (what, next) => `Ich setze ${what} fort${next ? `; das nächste Mal ${next}` : ''}.`,
  },
  events: {
    'task.created': 'angelegt',
    'task.updated': 'geändert',
    'task.completed': 'erledigt',
    'task.reopened': 'wieder geöffnet',
    'task.deleted': 'gelöscht',
    'task.restored': 'wiederhergestellt',
  },
  history: (line) => `Was mit ${line} geschah, das Neueste zuerst:`,
  noHistory: (what) => `Zu ${what} ist noch nichts verzeichnet.`,

  whatToAdd: 'Was soll ich hinzufügen?',
  added: (line) => `Hinzugefügt: ${line}.`,
  addedMany: (count) => `${count} Aufgabe${n(count)} hinzugefügt:`,
  willRemind: 'Ich erinnere dich.',
  addWhat: (count) => `${count} Aufgabe${n(count)} hinzufügen`,
  couldNotAdd: (what, reason) => `Ich konnte ${what} nicht hinzufügen: ${reason}.`,
  nothingAdded: 'Nichts wurde hinzugefügt.',
  whenRemindTo: (what) => `Wann soll ich dich an ${what} erinnern?`,

  nothingIs: {
    overdue: 'Nichts ist überfällig.',
    today: 'Heute ist nichts fällig.',
    tomorrow: 'Morgen ist nichts fällig.',
    week: 'In den nächsten sieben Tagen ist nichts fällig.',
  },
  dueTasks: (count, range) =>
    `${count} Aufgabe${n(count)}, ${{ overdue: 'überfällig', today: 'heute fällig', tomorrow: 'morgen fällig', week: 'in sieben Tagen fällig' }[range]}`,
  overdueTasks: (count) => `${count} überfällige Aufgabe${n(count)}`,
  youHave: (parts) => `Du hast ${parts.join(' und ')}:`,
  moreThanShown: 'Es gibt mehr, als ich hier zeigen kann.',
  list: ({ state, isOverdue, priority, tags, category, days }, count) =>
    joined([
      ...[
        ...(state === 'all' ? [] : [{ open: 'offene', completed: 'erledigte' }[state]]),
        ...(isOverdue ? ['überfällige'] : []),
      ].map((word) => (count === '0' ? `${word}n` : word)),
      count === '1' ? 'Aufgabe' : 'Aufgaben',
      priority ? `mit ${{ high: 'hoher', medium: 'mittlerer', low: 'niedriger' }[priority]} Priorität` : '',
      ...tags.map((tag) => `mit #${tag}`),
      category ? `in ${category}` : '',
      days ? (days.length === 1 ? `für ${days[0]}` : `von ${days[0]} bis ${days[1]}`) : '',
    ]),
  haveNo: (what) => `Du hast keine ${what}.`,
  have: (count, what) => `Du hast ${count} ${what}:`,
  moreThan: (count) => `mehr als ${count}`,
  firstOfThem: 'Das sind die ersten davon.',
  noSeries: 'Du hast keine wiederkehrenden Aufgaben.',
  haveSeries: (count) => `Du hast ${count} wiederkehrende Aufgabe${n(count)}:`,
  nextOn: (day) => `das nächste Mal ${day}`,
  pausedOrEnded: 'pausiert oder beendet',
  sayTitle: 'Ich finde Aufgaben mit Wörtern. Sage etwas aus dem Titel.',
  foundNone: (what) => `Ich habe keine Aufgabe wie ${what} gefunden.`,
  foundOne: (line, isDone) => `Gefunden: ${line}, ${isDone ? 'erledigt' : 'offen'}.`,
  foundAlike: (what) => `Zu ${what} passt nichts, aber das sieht ähnlich aus:`,
  foundMany: (count) => `${count} Aufgabe${n(count)} gefunden:`,
  sayMore: 'Es gibt noch mehr: Sage mehr Wörter.',
  never: 'nie',

  undo: 'Benutze den Knopf „Undo“ neben der Änderung: Er stellt alles wieder her, wie es war. Was in diesem Gespräch gelöscht wurde, kommt auch mit „stelle ... wieder her“ zurück.',
  alsoSaid: (text) => `Ich habe nichts geändert, weil du auch ${text} gesagt hast.`,
  tooManyThings: (count) => `Das sind mehr als ${count} Dinge auf einmal; ich habe nichts davon getan.`,
  setsAlone:
    'Was viele Aufgaben auf einmal betrifft, mache ich allein: Sage es in einer eigenen Nachricht. Bisher habe ich nichts getan.',
  leftOut: (texts) => `Den Rest habe ich ausgelassen: ${texts}.`,

  refused: {
    question: (words) => `Auf eine Frage hin ändere ich nichts. Wenn ich es tun soll, sage: ${words}`,
    anyQuestion: 'Auf eine Frage hin ändere ich nichts. Sage mir, was ich tun soll.',
    negation: 'Ich habe nichts getan: Ich lese das als etwas, das ich nicht tun soll.',
    condition: 'Ich kann nicht auf eine Bedingung warten und habe nichts getan. Sage es, wenn es so weit ist.',
    title: (most) => `Das ist zu lang für einen Titel: höchstens ${most} Zeichen.`,
    tasks: (most) => `Ich lege höchstens ${most} Aufgaben auf einmal an.`,
    part: 'Diesen Teil einer Aufgabe kann ich nicht mit Worten ändern: Öffne die Aufgabe, um sie zu bearbeiten.',
    elsewhere: 'Das kann ich von hier aus nicht.',
    reminders: 'Erinnerungen kann ich nicht mit Worten entfernen: Öffne die Aufgabe, um sie zu bearbeiten.',
    cancel: (what) => `Das kann zweierlei heißen. Sage „erledige ${what}“ oder „lösche ${what}“.`,
  },
  hints: {
    titleToo: 'Eine Aufgabe braucht außer dem Datum einen Titel: Versuche „füge Bob anrufen morgen hinzu“.',
    repeat: 'Wie oft, konnte ich nicht lesen: Versuche „wiederhole ... jeden Montag um 9“.',
    preview: 'Wie oft, konnte ich nicht lesen: Versuche „Vorschau jeden letzten Freitag“.',
    move: 'Die neue Zeit konnte ich nicht lesen: Versuche „verschiebe ... auf Freitag um 15 Uhr“.',
    remind: 'Sage woran und wann: „erinnere mich daran, morgen um 9 Bob anzurufen“.',
    completedDay: 'An welchem Tag du was erledigt hast, weiß ich nicht: Sage „zeige erledigte Aufgaben“.',
    ifDone: (what) => `Wenn es erledigt ist, sage „erledige ${what}“.`,
    toNote: (what) => `Um es zu notieren, sage „füge ${what} hinzu“.`,
  },
}
