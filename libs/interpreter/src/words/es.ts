import { beginning, ending, loose, setOf, wholly, within } from './pattern.ts'
import type { Words } from './words.ts'

const task = '(?:tareas?|pendientes?|todos?|to-dos?)'

export const es: Words = {
  around: [
    /^(?:el|la|los|las|lo|mis?|esta|este|esa|ese|una?)\s+/i,
    /^(?:tarea|pendiente|todo)(?:\s+(?:llamada|titulada|de|del))?(?:\s*:\s*|\s+)/i,
    /(?:^|\s+)(?:tarea|pendiente)$/i,
  ],
  quoted: /^(?:la |mi )?(?:tarea )?(?:llamada |titulada )?"([^"]+)"$/i,
  turning:
    setOf(`no nunca jamás nada ningún ninguna ninguno sin si cuando mientras hasta antes después excepto salvo menos pero sino
    espera para cancela olvida dijo dice dicho preguntó escribió broma`),
  vague:
    setOf(`o u y e quizá quizás tal vez luego después más tarde debería podría puede todo toda todos todas cada ambos ambas alguno
    alguna algunos algunas varios varias muchas muchos otro otra otros otras resto solo sólo él ella tú usted yo nosotros me tarea
    tareas recordatorio recordatorios es son está están como`),
  it: wholly('esa|ese|eso|esta|este|esto|la|lo|ella|(?:esta|esa|la) (?:tarea|última mostrada)|la misma'),
  them: wholly(
    '(?:todas |todos )?(?:ellas|ellos|estas|estos|esas|esos)|ambas|ambos|las dos|los dos|todas|todos|las|los',
  ),
  places: {
    ordinals: [
      'primer[oa]?',
      'segund[oa]',
      'tercer[oa]?',
      ...'cuart[oa]|quint[oa]|sext[oa]|séptim[oa]|octav[oa]|noven[oa]|décim[oa]'.split('|').map(loose),
    ],
    cardinals: ['un[oa]?', ...'dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez'.split('|')],
    last: /^[úu]ltim[oa]$/,
    before: /^(?:la\s+)?(?:tareas?|n[úu]meros?|n\.º|no\.|#)\s*(?=\S)/,
    firstOf: /^(?:las |los )?primer[oa]s (\p{L}+)(?: tareas)?$/u,
    and: /\s*(?:,\s*y\s|,|(?<!\p{L})y(?!\p{L})|&|\+)\s*/u,
    article: /^(?:(?:la|el|las|los)\s+|#)/,
    after: /\s+tarea$/,
  },
  set: {
    all: wholly('todo|todas?|todos|cada'),
    plural: wholly('tareas|pendientes|todos'),
    filler: wholly(
      'mis?|las?|los?|el|de|del|que|son|están|es|está|abiertas?|tareas?|pendientes?|cosas|para|con|etiquetas?|vencen?|por|hacer',
    ),
    overdue: wholly('vencidas?|vencidos?|atrasadas?|atrasados?'),
    tagged: /(?<!\p{L})(?:con )?(?:la )?etiqueta (?!#)(?=\p{L})/giu,
    today: wholly('hoy'),
    tomorrow: wholly('mañana'),
  },
  reply: {
    lead: /^(?:sí|si|ok|vale|quiero decir|quise decir|digo|es)[, ]+/,
    tail: /[, ]+(?:por favor|porfa|gracias)$/,
    all: wholly('todo|todas?|todos|ambas|ambos|(?:las|los) (?:dos|tres|cuatro|cinco)|todas ellas'),
    both: /amb|dos/,
    yes: wholly('sí|si|s|claro|vale|ok|correcto|exacto|eso es|esa|esta|hazlo|dale|adelante'),
    none: /^(?:ninguna?|ninguno)(?: de (?:ellas|ellos|estas|las dos))?(?!\p{L})|^nada(?!\p{L})/iu,
    fillers: wholly('la|el|las|los|una|tarea|por|favor|quiero|decir|digo|es|sí|si|número|solo|sólo|con|de|del|a'),
  },
  when: {
    lead: /^(?:al?|para|hasta|por)\s+(?=\S)/i,
    leads:
      /\s(?:(?:al?|para|hasta)\s+|(?=(?:hoy|mañana|manana|pasado|este|esta|en|el|dentro|lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|próximo|proximo)(?:\s|$)))/giu,
    tries: ['', 'el ', 'a '],
    dayOfMonth: [/^(?:el )?(\d{1,2})$/i, 'el $1'],
    spanLead: /^(?:por|durante|de) /i,
    half: 'media hora',
    numbers: ['una?', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
    units: {
      minutes: 'min|minutos?',
      hours: 'h|horas?',
      days: loose('d|días?'),
      weeks: 'semanas?',
      months: 'mes(?:es)?',
    },
  },
  list: {
    before: beginning('(?:y )?(?:(?:muestra|muéstra|di)(?:me)? (?=qué|cuáles|cuántas))?'),
    short: wholly(
      `agenda|hoy|mañana|vencidas|atrasadas|(?:esta semana|la (?:próxima semana|semana que viene))|(?:este fin de semana|el próximo fin de semana)|(?:este mes|el (?:próximo mes|mes que viene))|(?:mi |mis |la |las |todas las |todas mis )?(?:semana|lista|${task})|(?:mis |las |todas las |todas mis )?${task} (?:abiertas|vencidas|atrasadas|completadas|hechas|recurrentes|importantes|urgentes|de hoy|de mañana|con|para|de|del) ?.*|#[\\p{L}\\p{M}\\p{N}_-]+`,
    ),
    lead: beginning(
      '(?:muestra|muéstra|mostrar|lista|enseña|dame|di|ver|ve)(?:me|nos)?|qué|cuál(?:es)?|cuánt[oa]s?|tengo|hay|algo|alguna?',
    ),
    show: beginning('(?:muestra|muéstra|lista|enseña)(?:me|nos)?'),
    fillers:
      setOf(`yo me mi mis el la lo los las un una unas unos de del en a al para por con que qué todo toda todos todas algo alguna
      algunas cosa cosas hay es son está están tengo tiene tareas tarea pendiente pendientes lista agenda calendario plan abierta
      abiertas aún todavía hacer debo tengo vence vencen próximo próxima próximas siguiente siguientes etiqueta etiquetadas tag tags
      actuales previsto prevista previstas programado programadas y ahora toca`),
    about: within('(?:sobre|acerca de|que (?:contienen|contengan)|llamadas?|tituladas?)\\s+(?<o>.+)'),
    series: within('recurrentes?|repetitivas?|periódicas?|que se repiten|series?'),
    tag: new RegExp(
      `${within('(?:con )?(?:la )?(?:etiquetas?|etiquetadas?(?: con| como)?|tag)').source} #?(?<o>[\\p{L}\\p{M}\\p{N}_-]{1,50})`,
      'iu',
    ),
    category: new RegExp(`${within('(?:en |de )?(?:la )?categoría').source} (?<o>\\p{L}[\\p{L}\\p{M}\\p{N}_-]*)`, 'iu'),
    priorities: [
      [
        within('(?:de |con )?(?:alta prioridad|prioridad alta)|prioritarias?|importantes?|urgentes?|!high|!alta'),
        'high',
      ],
      [within('(?:de |con )?(?:media prioridad|prioridad media)|!medium'), 'medium'],
      [within('(?:de |con )?(?:baja prioridad|prioridad baja)|!low'), 'low'],
    ],
    openAndCompleted: within('abiertas y (?:completadas|hechas|terminadas)'),
    completed: within('(?:ya )?(?:completadas?|hechas?|terminadas?|acabadas?|finalizadas?)'),
    overdue: within('vencidas?|vencidos?|atrasadas?|atrasados?|con retraso'),
    week: within('(?:para |en )?esta semana|(?:en )?los próximos (?:7|siete) días'),
    today: within('(?:para |de )?hoy|esta noche'),
    tomorrow: within('(?:para |de )?mañana(?! (?:por|a) )'),
    nextWeek: ending('(?:para |en )?(?:la )?(?:próxima semana|semana que viene|semana próxima)'),
    weekend: {
      this: ending('(?:para )?(?:este|el) fin de semana'),
      next: ending('(?:para )?(?:el )?(?:próximo fin de semana|fin de semana que viene)'),
    },
    month: {
      this: ending('(?:para )?este mes'),
      next: ending('(?:para )?(?:el )?(?:próximo mes|mes que viene|mes próximo)'),
    },
    isAgenda: within('vencen?|previst[oa]s?|programad[oa]s?|agenda|calendario|siguiente|toca|debo'),
    isTasks: within('tareas?|pendientes?|lista|cosas|todo|tengo|por hacer'),
  },
}
