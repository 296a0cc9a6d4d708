import { loose, wholly } from '../../words/pattern.ts'
import type { Commands } from './commands.ts'
import { grammarOf } from './from-commands.ts'

const task = '(?:tarea|pendiente)'
const done = '(?:hech[oa]s?|completad[oa]s?|terminad[oa]s?|acabad[oa]s?|finalizad[oa]s?)'
const list = '(?:a|en|de) (?:mi|la) lista(?: de tareas)?'

const add = '(?:añade|añadir|agrega|agregar|crea|crear|apunta|apuntar|anota|anotar|pon|poner)'
const complete = '(?:completa|completar|termina|terminar|acaba|acabar|finaliza|finalizar|tacha|tachar)'
const remove = '(?:borra|borrar|elimina|eliminar|quita|quitar|suprime|suprimir)'
const move =
  '(?:mueve|mover|pasa|pasar|aplaza|aplazar|pospón|pospon|posponer|reprograma|reprogramar|retrasa|retrasar|adelanta|adelantar|cambia|cambiar)'
const reminder = '(?:recuérdame|recordarme|avísame|avisarme|acuérdame)'
const newReminder = `(?:${add}|programa) un recordatorio`
const infinitive = '\\p{L}+(?:ar|er|ir)(?:me|te|se|le|lo|la|los|las|les)?(?!\\p{L})'

const withPronoun = new RegExp(
  `^(${loose('bórra|elimína|quíta|compléta|termína|acába|muéve|tácha|aplaza|apláza|pospón|adelánta|retrása|páusa|reábre|restáura|reanúda')})(lo|la|los|las)(?!\\p{L})`,
  'iu',
)
const withoutAccents = (word: string): string => word.normalize('NFD').replaceAll(/\p{M}/gu, '')

const table: Commands = {
  language: 'es',
  apart: (words) =>
    words.replace(withPronoun, (_, verb: string, pronoun: string) => `${withoutAccents(verb)} ${pronoun}`),
  changing: `${complete}|marca|${remove}|${move}|pausa|reanuda|reabre|restaura|repite|he|ya|renombra`,
  harmless: `${add}|nueva tarea|${reminder}|muestra|muéstrame|lista|busca|encuentra|qué|cuáles|cuándo|cuántas|ayuda|agenda|vista previa|deshacer`,
  adding: `${add}|nueva tarea|${reminder}|tarea|nota|no olvides|no te olvides`,
  between: 'y luego|y después|luego|después|y también',
  takingBack:
    'no|olvídalo|olvida eso|da igual|(?:es )?broma|cancela|para|detente|espera|gracias|en realidad|mejor no|déjalo',
  taskList: '(?:añade|agrega|crea|nuevas)(?: \\S+)*? (?:tareas|pendientes)',
  polite: 'hola|oye|ok|vale|por favor|porfa|bueno|pues|ahora|y|entonces|taskflow|genial|gracias',
  asking:
    '(?:puedes|podrías|puede|podría|quieres|me puedes) (?:por favor )?|(?:quiero|quisiera|me gustaría|necesito) (?:que )?(?:por favor )?(?=\\p{L}+(?:ar|er|ir)(?!\\p{L}))|vamos a ',
  thanks: 'por favor|porfa|gracias|muchas gracias|para mí|ahora|ahora mismo|ya',
  please: 'por favor|porfa',
  talk: {
    help: [
      '(?:la )?ayuda(?: por favor)?|ayúdame',
      'comandos',
      '(?:muestra|muéstrame|ver) (?:la ayuda|los comandos|los ejemplos)',
      'qué (?:puedes|sabes) (?:hacer|entender)|qué (?:entiendes|haces)',
      'qué puedo (?:decir|preguntar|hacer|escribir)(?: aquí)?',
      'cómo (?:funciona|se usa)(?: esto)?',
      'puedes ayudarme|me puedes ayudar',
    ],
    about: [
      '(?:quién|qué) eres(?: tú)?',
      'eres (?:un |una )?(?:human[oa]|persona|bot|robot|ia|modelo de lenguaje|máquina|asistente|chatgpt|gpt|claude)',
      'es(?:to)? (?:es )?(?:un |una )?(?:ia|bot|modelo de lenguaje)',
    ],
    greeting: [
      '(?:hola|buenas|buenos días|buenas tardes|buen día|saludos)(?: a todos| taskflow)*',
      '(?:hola,? )?(?:qué tal|cómo estás)',
    ],
    thanks: [
      '(?:(?:ok|vale|genial|perfecto),? )?(?:gracias|muchas gracias|mil gracias|te lo agradezco)(?: taskflow)*',
      'genial|perfecto|estupendo|muy bien|bien hecho|adiós|hasta luego|chao|buenas noches|por favor',
    ],
    yes: [
      '(?:sí|si|claro|vale|ok|correcto|exacto|de acuerdo|por supuesto|hazlo|adelante|dale|eso es)(?: por favor)*',
      '(?:sí|si),? (?:por favor|hazlo|claro|adelante)',
    ],
    no: [
      '(?:no|n|cancela|cancelar|para|detente|espera|ahora no|nada|da igual|déjalo|olvídalo|mejor no)(?: gracias)?',
      'no,? (?:gracias|lo hagas|cancela|déjalo|olvídalo)',
      'olvida eso|cancélalo',
      '(?:es |era )?(?:una )?broma|estoy bromeando',
      'ninguna?(?: de (?:ellas|estas|las dos))?|ninguno',
    ],
  },
  negation: [
    '(?:por favor,? |pero |y )*(?:no (?!olvides|te olvides)|nunca |jamás |sin ).+',
    '(?:tú|yo|nosotros) no .+',
    `(?:${remove}|${complete}|${move}) (?:.* )?(?:no|nunca|jamás)`,
    `(?:${remove}|${complete}|${move}) (?:no|nunca|jamás) .+`,
  ],
  condition: [
    '(?:si|cuando|en cuanto|una vez que|antes de que|antes de|después de que|hasta que|mientras|en caso de|siempre que|a menos que|suponiendo) .+',
  ],
  howTo: [
    'cómo (?:puedo|podría|debo|se puede|hago para) .+',
    'cómo (?:borrar|borro|completar|mover|muevo|añadir|añado|crear|creo|repetir|elimino|se) .+',
  ],
  question: ['(?:debo|debería|puedo|podría yo) (?!hacer (?:hoy|mañana)).+'],
  refused: {
    part: [
      '(?:cambia|cambiar|modifica|modificar|borra|elimina|quita|pon|edita) (?:la |el |las |los |una? |todas las )*(?:etiquetas?|tags?|#\\S+|prioridad|categoría|descripción|notas?|subtareas?|título|nombre)(?: .*)? (?:de|del|a|al|en|para) .+',
      '(?:renombra|renombrar|etiqueta|etiquetar|prioriza) .+',
      '(?:añade|agrega) (?:la |el )?(?:#\\S+|(?:etiqueta|tag) \\S+) (?:a|al) .+',
      `marca .+ como (?!(?:no |sin )?${done}$|abierta$|pendiente$|por hacer$).+`,
    ],
    elsewhere: [
      '(?:borra|borrar|elimina|eliminar|cierra|cerrar|vacía|vaciar|cancela) (?:mi |mis |el |la |los |las |todos |todas |esta )*(?:cuenta|perfil|usuario|historial|conversación|conversaciones|chats?|mensajes?|datos|base de datos|papelera)',
    ],
    reminders: [
      '(?:borra|borrar|elimina|eliminar|quita|quitar|cancela|desactiva) (?:el |la |los |mis |mi |todos |este )*recordatorios?(?: .*)?',
    ],
    cancel: ['(?:cancela|cancelar|anula|anular) (?!eso$|esto$)(?<o>.+)'],
  },
  find: [
    '(?:busca|buscar|encuentra|encontrar)(?:me)?(?: (?:todas )?(?:mis |las |la |una )?tareas? (?:sobre|con|para|de|llamada))? (?<o>.+)',
    'dónde (?:está|están) (?<o>.+)',
    'cuándo (?:es|son|está|vence|tengo|toca|tengo que ir a|debo) (?<o>.+)',
    '(?:qué hay|qué pasa|y qué|qué tal) (?:de|del|con) (?<o>.+)',
    `(?:está|están|ya está) (?!hay |todo )(?<o>.+?) (?:ya |aún |todavía )?(?:${done}|abierta|vencida|pendiente|list[oa])`,
    '(?:tengo|hay) (?:alguna |una )?tarea (?:para|sobre|con|de) (?<o>.+)',
  ],
  preview: [
    '(?:vista previa|explica|previsualiza)(?: (?:de|para))?:? (?<o>.+)',
    'cuándo (?:es|cae) (?<o>(?:cada|todos los|todas las) .+)',
    '(?:muestra(?:me)? |muéstrame |dame )?las (?:próximas (?<count>\\d{1,2} )?)(?:fechas|veces) (?:de|para) (?<o>.+)',
    '(?:muestra(?:me)? |muéstrame |dame )?las (?<count>\\d{1,2} )próximas (?:fechas|veces) (?:de|para) (?<o>.+)',
  ],
  history: [
    '(?:muestra(?:me)? |muéstrame |ver )?(?:el )?(?:historial|registro|cambios) (?:de|del|para) (?<o>.+)',
    'qué (?:ha pasado|pasó|ha ocurrido|cambió|ha cambiado) (?:con|en|a) (?<o>.+)',
    'cuándo (?:creé|añadí|agregué|cambié) (?<o>.+)',
  ],
  complete: [
    `(?:marca|marcar) (?<o>.+?) (?:como )${done}`,
    `${complete}(?: (?<o>.+?))?(?: de (?:mi|la) lista)?`,
    `(?:ya )?he (?:ya )?(?:terminado|completado|hecho|acabado) (?:con )?(?<o>.+)`,
    `ya (?:terminé|completé|hice|acabé) (?<o>.+)`,
    `(?:terminé|completé|acabé)(?: con)? (?<o>.+)`,
  ],
  reopen: [
    `(?:marca|marcar) (?<o>.+?) (?:como )(?:no |sin )${done}`,
    '(?:marca|marcar) (?<o>.+?) (?:como )(?:abierta|pendiente|por hacer)',
    '(?:reabre|reabrir|desmarca|desmarcar)(?: (?<o>.+))?',
    'vuelve a abrir (?<o>.+)',
  ],
  delete: [`${remove}(?: (?<o>.+?))?(?: de (?:mi|la) lista)?`],
  restore: ['(?:restaura|restaurar|recupera|recuperar)(?: (?<o>.+))?'],
  undo: ['(?:deshaz|deshacer)(?: (?:eso|esto|lo|el último cambio|lo último))?', 'deshazlo|deshacerlo'],
  pause: ['(?:pausa|pausar|suspende|suspender)(?: la serie)?(?: (?<o>.+))?', 'deja de repetir (?<o>.+)'],
  resume: [
    '(?:reanuda|reanudar|continúa|continuar|retoma|retomar)(?: la serie)?(?: (?<o>.+))?',
    'vuelve a repetir (?<o>.+)',
  ],
  repeat: ['(?:repite|repetir) (?<o>.+)', 'haz que (?<o>.+?) se repita', 'haz repetir (?<o>.+)'],
  undate: [
    '(?:borra|borrar|elimina|eliminar|quita|quitar) (?:la |el |su )?(?:fecha(?: de vencimiento| límite)?|vencimiento|plazo)(?: (?:de |del )(?<o>.+))?',
  ],
  move: [
    '(?:cambia|cambiar|mueve|pon) (?:la |el )?(?:fecha(?: de vencimiento| límite)?|vencimiento|plazo|hora) (?:de |del )(?<o>.+)',
    `(?<verb>${move})(?: (?<o>.+))?`,
  ],
  shift: [
    '(?<o>.+?) (?<span>SPAN)(?: (?<side>más tarde|después|antes))?',
    '(?<o>.+?) (?:por |unos )(?<span>SPAN)(?: (?<side>más tarde|después|antes))?',
  ],
  toTime: / (?:al|hasta|para) /i,
  earlier: /adelanta|antes/i,
  remindBy: [
    `${reminder} (?<span>SPAN) (?<side>antes|después) (?:de |del )(?<o>.+)`,
    `(?:${reminder}|${newReminder} (?:para|de|del|sobre)) (?<o>.+?),? (?<span>SPAN) (?<side>antes|de antelación|después)`,
  ],
  after: /^desp/i,
  remindTo: [
    `${reminder},? (?:que (?:tengo que|debo) |de )?(?<o>${infinitive}.*)`,
    `${reminder} (?<when>.+?),? (?:que (?:tengo que|debo) |de )?(?<o>${infinitive}.*)`,
    `${newReminder} para (?<o>${infinitive}.*)`,
  ],
  remindOf: [
    `${reminder} (?<when>(?:hoy|mañana|pasado mañana|esta noche|en|dentro de|el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|\\d)|a las)(?:.*?)?)(?<! a) (?:lo de |lo del |sobre |(?=el |la |los |las |mi ))(?<o>.+)`,
    `${reminder} (?:lo del? |sobre )?(?<o>.+)`,
    `${newReminder} (?:para|sobre|de|del) (?<o>.+)`,
  ],
  remindNothing: [`${reminder}(?: .+)?`, `${newReminder}(?: .+)?`],
  snooze: [
    '(?:pospón|posponer|aplaza|aplazar|retrasa) el recordatorio (?:de |del )(?<o>.+?) (?:por )?(?<span>SPAN)',
    '(?:pospón|posponer|aplaza|aplazar|retrasa) el recordatorio (?:de |del )(?<o>.+?) (?:hasta|a|al) (?<when>.+)',
    'snooze (?<o>.+?) (?:por |durante )?(?<span>SPAN)',
    'snooze (?<o>.+?) hasta (?<when>.+)',
    'snooze(?: (?<o>.+))?',
  ],
  addNothing: [`(?:${add}|nueva)(?: (?:una?|nueva|otra|${task}|algo))*`],
  addMany: [
    `(?:${add}) (?:(?:estas|las|algunas|unas|\\d+|dos|tres|siguientes) )*(?:nuevas )?(?:tareas|pendientes)\\s*(?::|\\n| - )\\s*(?<o>.+)`,
    '(?:nuevas )?(?:tareas|pendientes)\\s*:\\s*(?<o>.+)',
  ],
  add: [
    `(?:${add}|nueva) (?:(?:una|la) )?(?:nueva )?${task}(?: (?:llamada|titulada|para|de)|\\s*:)? (?<o>.+)`,
    `(?:${task}|nota)\\s*: ?(?<o>.+)`,
    `${add} (?<o>.+)`,
    'no (?:te )?olvides (?:de )?(?<o>.+)',
  ],
  ofMyList: new RegExp(` ${loose(list)}$`, 'i'),
  lookingUp: ['muestra', 'lista', 'busca', 'encuentra', 'ayuda', 'agenda', 'mañana', 'vencidas'],
  verbs: 'completa termina borra elimina mueve aplaza pausa reanuda repite recuérdame marca añade crea reabre'.split(
    ' ',
  ),
  isDone: wholly(`(?<o>.+) (?:está|están) (?:ya )?${done}`),
  isTodo: wholly('(?:tengo que|debo|necesito|quiero|hay que) (?<o>.+)'),
}

export const spanish = grammarOf(table)
