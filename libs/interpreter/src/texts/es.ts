import type { ActKind, Texts } from './texts.ts'

const verbs: Record<ActKind, string> = {
  complete: 'completar',
  reopen: 'reabrir',
  delete: 'borrar',
  restore: 'restaurar',
  pause: 'pausar',
  resume: 'reanudar',
  move: 'mover',
  remind: 'recordarte',
  snooze: 'recordar más tarde',
  repeat: 'repetir',
  history: 'mostrar en el historial',
}
const s = (count: number): string => (count === 1 ? '' : 's')
const spaced = (text: string): string => (text ? ` ${text}` : '')
const joined = (parts: string[]): string => parts.filter(Boolean).join(' ')

export const es: Texts = {
  introduction:
    'Soy el intérprete integrado de TaskFlow, no un modelo de lenguaje: entiendo frases fijas en español, inglés, alemán y francés. Di «ayuda» para verlas.',
  help: (examples) => `Esto es lo que entiendo:
${examples}

Solo cambio una tarea cuando está claro cuál es; si no, pregunto. Lo que borra, y lo que cambia varias tareas, espera tu confirmación. Las comillas mantienen junto un título: completa "lavar y secar".`,
  greeting: '¡Hola! Dime qué añadir, buscar, completar o mover. «ayuda» muestra ejemplos.',
  welcome: 'De nada.',
  listening: 'Te escucho.',
  outOfStep: 'He perdido el hilo y me he parado aquí. Dilo otra vez, por favor.',
  notAvailable: (tool) => `No puedo hacer eso aquí: «${tool}» no está disponible.`,
  notUnderstood: (part, hint) =>
    `No he entendido ${part} y no he cambiado nada.${spaced(hint)} Di «ayuda» para ver lo que entiendo.`,
  tooLong: 'Es demasiado largo para mí.',
  otherLanguage: 'Solo entiendo español, inglés, alemán y francés.',
  mayBeTitle: 'Puede ser parte del título anterior: pon el título entre "comillas".',
  didYouMean: (words) => `¿Querías decir «${words}»?`,

  weekdays: ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'],
  months: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
  day: (weekday, day, month, year) => `${weekday} ${day} ${month}${spaced(year)}`,
  spans: {
    months: ['mes', 'meses'],
    weeks: ['semana', 'semanas'],
    days: ['día', 'días'],
    hours: ['hora', 'horas'],
    minutes: ['minuto', 'minutos'],
  },
  tasks: (count) => `${count} tarea${s(count)}`,
  done: 'completada',
  overdue: 'vencida',
  repeats: 'se repite',

  should: (kind, where) => `¿Debo ${verbs[kind]} esta${spaced(where)}?`,
  whichOf: (count, kind, where) => `¿Cuál de estas ${count} debo ${verbs[kind]}${spaced(where)}?`,
  whichTask: (kind, where) => `¿Qué tarea debo ${verbs[kind]}${spaced(where)}? Dilo con palabras de su título.`,
  byHow: (span, isEarlier) => `${span}${isEarlier ? ' antes' : ' más tarde'}`,
  toNoDate: 'sin fecha',
  toWhen: (when) => `al ${when}`,
  onlyCompleted: (count) =>
    count === 1
      ? 'No he encontrado ninguna tarea abierta, pero sí una completada.'
      : 'Solo he encontrado tareas completadas.',
  notSureWhich: 'No estoy seguro de qué tarea quieres decir.',
  yesOrNo: 'Di «sí» o «no».',
  moreMatch: 'Hay más que coinciden: di más palabras para ver otra.',
  numberOrWords: 'Di un número, palabras del título o «ninguna».',
  moreTitles: 'Hay más: di más palabras del título para ver otras.',
  whichAgain: 'No he entendido cuál; no se ha cambiado nada. Dilo otra vez, o «ninguna».',
  showedOnly: (count) => `Solo he mostrado ${count} tarea${s(count)}. Di uno de esos números o palabras del título.`,
  noReference: 'No sé qué tarea es esa. Dilo con palabras de su título, o muestra primero tus tareas.',
  oneAtATime: 'Eso lo hago para una tarea a la vez. Dilo con palabras de su título.',
  tooManyAtOnce: 'Son más de las que hago a la vez (100 como máximo), así que no he cambiado nada.',
  noOpenTask: { overdue: ' vencida', all: '', tagged: (tag) => ` con #${tag}`, due: (day) => ` para ${day}` },
  thereIsNo: (which) => `No hay ninguna tarea abierta${which}.`,
  today: 'hoy',
  tomorrow: 'mañana',
  onlyByWords: 'Solo encuentro tareas por palabras. Di algo de su título.',
  notSure: (text) =>
    `No estoy seguro de qué quieres con ${text}, así que no he cambiado nada. Si es un título, ponlo entre "comillas".`,
  foundNo: {
    restore: (text) =>
      `No he borrado nada como ${text} en esta conversación. Lo borrado se puede restaurar durante 30 días: con «Undo» donde se borró, o en la lista de tareas borradas.`,
    pause: (text) =>
      `No he encontrado ninguna tarea recurrente como ${text}. Di «muestra las tareas recurrentes» para verlas.`,
    resume: (text) => `No he encontrado ninguna tarea recurrente en pausa como ${text}.`,
    reopen: (text) => `No he encontrado ninguna tarea completada como ${text}.`,
    history: (text) => `No he encontrado ninguna tarea como ${text}.`,
    remind: (text) => `No he encontrado ninguna tarea abierta como ${text}. Para una nueva di «recuérdame llamar ...».`,
    repeat: (text) =>
      `No he encontrado ninguna tarea abierta como ${text}. Para una nueva di «añade ... todos los ...».`,
    other: (text) => `No he encontrado ninguna tarea abierta como ${text} y no he cambiado nada.`,
  },

  whenTo: {
    move: (what) => `¿A cuándo debo mover ${what}?`,
    remind: (what) => `¿Cuándo debo recordarte ${what}?`,
    snooze: (what) => `¿Cuánto tiempo, o hasta cuándo, debo posponer el recordatorio de ${what}?`,
  },
  notATime: 'No he podido leer eso como una hora. Prueba «mañana a las 9», o di «cancela».',
  failed: (reason) => `Eso no ha funcionado: ${reason}.`,
  couldNotLook: (reason) => `No he podido mirar: ${reason}.`,
  unreadable: 'la respuesta no se podía leer',
  nothingChanged: 'No se ha cambiado nada.',
  allRight: 'De acuerdo, no he cambiado nada.',
  waitingFor: (what) =>
    `Esto espera tu confirmación: ${what}. No pasa nada hasta que lo confirmes; usa el botón, yo no puedo hacerlo por ti.`,
  stillWaits: (what) => `No se ha hecho nada: ${what} sigue esperando. Cancélalo con el botón, o deja que caduque.`,
  nothingAsked: 'No he preguntado nada. Dime qué hacer.',
  act: (kind, what) => `${verbs[kind]} ${what}`,
  noDateToCount: (what) => `${what} no tiene fecha desde la que contar. Di para qué día.`,
  noTimeToCount: (what) => `${what} es para un día, sin hora. Di a qué hora.`,
  wouldBePast: 'Eso estaría en el pasado, así que no he cambiado nada.',
  hasPassed: 'Esa hora ya ha pasado, así que no he cambiado nada.',
  noDueDate: (what) => `${what} no tiene fecha. Muévela primero a un día, o di una hora.`,
  noReminder: (what) => `${what} no tiene recordatorio. Di «recuérdame ...» para añadir uno.`,
  couldNot: (kind, what, reason) => `No he podido ${verbs[kind]} ${what}: ${reason}.`,
  did: {
    complete: (what) => `Hecho: he completado ${what}.`,
    reopen: (what) => `He reabierto ${what}.`,
    delete: (what) => `He borrado ${what}.`,
    restore: (what) => `He restaurado ${what}.`,
    undate: (what) => `${what} ya no tiene fecha.`,
    move: (what, due) => `He movido ${what}${due ? ` al ${due}` : ''}.`,
    remindAt: (what, at) => `Te recordaré ${what} el ${at}.`,
    remind: (what, due) => `Te recordaré ${what}${due ? `, para el ${due}` : ''}, como has dicho.`,
    snooze: (what, until) => `He pospuesto el recordatorio de ${what}${until ? ` hasta el ${until}` : ''}.`,
    repeat: (what, due) => `${what} se repite ahora${due ? `; para el ${due}` : ''}.`,
    pause: (what, title) => `He pausado ${what}: no habrá tareas nuevas hasta que digas «reanuda ${title}».`,
    resume: (what, next) => `He reanudado ${what}${next ? `; la próxima vez, ${next}` : ''}.`,
  },
  events: {
    'task.created': 'creada',
    'task.updated': 'cambiada',
    'task.completed': 'completada',
    'task.reopened': 'reabierta',
    'task.deleted': 'borrada',
    'task.restored': 'restaurada',
  },
  history: (line) => `Lo que ha pasado con ${line}, lo último primero:`,
  noHistory: (what) => `Todavía no hay nada registrado de ${what}.`,

  whatToAdd: '¿Qué debo añadir?',
  added: (line) => `He añadido ${line}.`,
  addedMany: (count) => `He añadido ${count} tarea${s(count)}:`,
  willRemind: 'Te lo recordaré.',
  addWhat: (count) => `añadir ${count} tarea${s(count)}`,
  couldNotAdd: (what, reason) => `No he podido añadir ${what}: ${reason}.`,
  nothingAdded: 'No se ha añadido nada.',
  whenRemindTo: (what) => `¿Cuándo debo recordarte ${what}?`,

  nothingIs: {
    overdue: 'No hay nada vencido.',
    today: 'Nada vence hoy.',
    tomorrow: 'Nada vence mañana.',
    week: 'Nada vence en los próximos siete días.',
  },
  dueTasks: (count, range) =>
    `${count} tarea${s(count)} ${{ overdue: 'vencidas', today: 'para hoy', tomorrow: 'para mañana', week: 'para los próximos siete días' }[range]}`,
  overdueTasks: (count) => `${count} tarea${s(count)} vencida${s(count)}`,
  youHave: (parts) => `Tienes ${parts.join(' y ')}:`,
  moreThanShown: 'Hay más de las que puedo mostrar aquí.',
  list: ({ state, isOverdue, priority, tags, category, days }, count) => {
    const end = count === '1' || count === '0' ? '' : 's'
    return joined([
      `tarea${end}`,
      state === 'all' ? '' : `${{ open: 'abierta', completed: 'completada' }[state]}${end}`,
      isOverdue ? `vencida${end}` : '',
      priority ? `de prioridad ${{ high: 'alta', medium: 'media', low: 'baja' }[priority]}` : '',
      ...tags.map((tag) => `con #${tag}`),
      category ? `en ${category}` : '',
      days ? (days.length === 1 ? `para ${days[0]}` : `de ${days[0]} a ${days[1]}`) : '',
    ])
  },
  haveNo: (what) => `No tienes ninguna ${what}.`,
  have: (count, what) => `Tienes ${count} ${what}:`,
  moreThan: (count) => `más de ${count}`,
  firstOfThem: 'Estas son las primeras.',
  noSeries: 'No tienes tareas recurrentes.',
  haveSeries: (count) => `Tienes ${count} tarea${s(count)} recurrente${s(count)}:`,
  nextOn: (day) => `la próxima vez, ${day}`,
  pausedOrEnded: 'en pausa o terminada',
  sayTitle: 'Encuentro tareas por palabras. Di algo de su título.',
  foundNone: (what) => `No he encontrado ninguna tarea como ${what}.`,
  foundOne: (line, isDone) => `He encontrado ${line}: está ${isDone ? 'completada' : 'abierta'}.`,
  foundAlike: (what) => `Nada coincide con ${what}, pero esto se parece:`,
  foundMany: (count) => `He encontrado ${count} tarea${s(count)}:`,
  sayMore: 'Hay más: di más palabras.',
  never: 'nunca',

  undo: 'Usa el botón «Undo» junto al cambio: lo deja todo como estaba. Lo que se ha borrado en esta conversación vuelve también con «restaura ...».',
  alsoSaid: (text) => `No he cambiado nada, porque también has dicho ${text}.`,
  tooManyThings: (count) => `Son más de ${count} cosas a la vez, así que no he hecho ninguna.`,
  setsAlone:
    'Lo que es para muchas tareas a la vez lo hago solo: dilo en un mensaje aparte. Hasta ahora no he hecho nada.',
  leftOut: (texts) => `He dejado fuera el resto: ${texts}.`,

  refused: {
    question: (words) => `No cambio nada por una pregunta. Si debo hacerlo, di: ${words}`,
    anyQuestion: 'No cambio nada por una pregunta. Dime qué hacer.',
    negation: 'No he hecho nada: lo leo como algo que no debo hacer.',
    condition: 'No puedo esperar a una condición, así que no he hecho nada. Dilo cuando llegue el momento.',
    title: (most) => `Es demasiado largo para un título: ${most} caracteres como máximo.`,
    tasks: (most) => `Añado como máximo ${most} tareas a la vez.`,
    part: 'No puedo cambiar esa parte de una tarea con palabras: abre la tarea para editarla.',
    elsewhere: 'Eso no lo puedo hacer desde aquí.',
    reminders: 'No puedo quitar recordatorios con palabras: abre la tarea para editarla.',
    cancel: (what) => `Cancelar puede significar dos cosas. Di «completa ${what}» o «borra ${what}».`,
  },
  hints: {
    titleToo: 'Una tarea necesita un título además de su fecha: prueba «añade llamar a Bob mañana».',
    repeat: 'No he podido leer con qué frecuencia: prueba «repite ... todos los lunes a las 9».',
    preview: 'No he podido leer con qué frecuencia: prueba «vista previa cada último viernes del mes».',
    move: 'No he podido leer la nueva fecha: prueba «mueve ... al viernes a las 15:00».',
    remind: 'Di qué y cuándo: «recuérdame llamar a Bob mañana a las 9».',
    completedDay: 'No sé qué día completaste qué: di «muestra las tareas completadas».',
    ifDone: (what) => `Si está hecho, di «completa ${what}».`,
    toNote: (what) => `Para anotarlo, di «añade ${what}».`,
  },
}
