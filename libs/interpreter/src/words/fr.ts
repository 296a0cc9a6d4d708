import { beginning, ending, loose, setOf, wholly, within } from './pattern.ts'
import type { Words } from './words.ts'

const task = '(?:tâches?|todos?|to-dos?)'

export const fr: Words = {
  around: [
    /^(?:l'|(?:le|la|les|mon|ma|mes|cette|cet|ce|une?)\s+)/i,
    /^(?:tâche|tache|todo)(?:\s+(?:appelée|nommée|intitulée|de|du))?(?:\s*:\s*|\s+)/i,
    /(?:^|\s+)(?:tâche|tache|todo)$/i,
  ],
  quoted: /^(?:la |ma )?(?:tâche |tache )?(?:appelée |nommée |intitulée )?"([^"]+)"$/i,
  turning:
    setOf(`s'il s'ils ne n pas jamais rien aucun aucune sans si quand lorsque lorsqu dès avant après jusqu jusqu'à pendant tant sauf
    excepté hormis mais plutôt sinon attends attendez stop annule oublie dit disait dis demandé écrit blague rigole`),
  vague:
    setOf(`ou soit et puis peut-être probablement plus tard bientôt devrais pourrais tout tous toute toutes chaque deux
    quelques certains certaines plusieurs beaucoup autre autres reste seulement il elle tu vous nous on je moi tâche tâches rappel
    rappels est sont était comme`),
  it: wholly('(?:celle|celui)(?:-ci|-là)|cela|ça|elle|lui|la|le|cette tâche|(?:cette|la) (?:tâche|dernière montrée)'),
  them: wholly('(?:toutes |tous )?(?:celles|ceux)(?:-ci|-là)|les deux|elles|toutes|tous|eux|les'),
  places: {
    ordinals: [
      'premi(?:er|ère|ere)',
      '(?:deuxième|second|seconde)',
      ...'troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième'.split('|'),
    ].map(loose),
    cardinals: ['une?', ...'deux|trois|quatre|cinq|six|sept|huit|neuf|dix'.split('|')],
    last: /^derni(?:er|ère|ere)$/,
    before: /^(?:la\s+)?(?:tâches?|taches?|numéros?|numeros?|n°|no\.?|#)\s*(?=\S)/,
    firstOf: /^(?:les )?(\p{L}+) premi(?:ères|eres|ers)(?: tâches)?$/u,
    and: /\s*(?:,\s*et\s|,|(?<!\p{L})et(?!\p{L})|&|\+)\s*/u,
    article: /^(?:(?:la|le|les)\s+|l'|#)/,
    after: /\s+(?:tâche|tache)$/,
  },
  set: {
    all: wholly('tout|tous|toutes?|chaque'),
    plural: wholly('tâches|todos|to-dos'),
    filler: wholly(
      "mes|les|ma|la|le|en|de|des|du|d'|qui|que|sont|est|ouvertes?|tâches?|todos?|to-dos|choses|dues?|prévues?|pour|avec|étiquettes?|à|faire",
    ),
    overdue: wholly('(?:en )?retard|échues?'),
    tagged: /(?<!\p{L})(?:avec )?(?:l')?(?:étiquette|etiquette|tag) (?!#)(?=\p{L})/giu,
    today: wholly("aujourd'hui|d'aujourd'hui|jour"),
    tomorrow: wholly('demain'),
  },
  reply: {
    lead: /^(?:oui|ok|d'accord|je veux dire|je voulais dire|c'est|plutôt)[, ]+/,
    tail: /[, ]+(?:s'il te plaît|s'il te plait|s'il vous plaît|stp|svp|merci)$/,
    all: wholly('toutes?|tous|tout|les (?:deux|trois|quatre|cinq)|toutes les (?:deux|trois|\\d+)'),
    both: /deux/,
    yes: wholly("oui|o|ouais|bien sûr|d'accord|ok|exact|exactement|c'est ça|celle-ci|celle-là|vas-y|fais-le"),
    none: /^(?:aucune?(?: (?:d'elles|d'entre elles|des deux))?|rien|ni l'une ni l'autre)(?!\p{L})/iu,
    fillers: wholly(
      "la|le|les|l|une?|celle|celui|tâche|s'il|te|plaît|plait|stp|svp|je|veux|dire|c'est|oui|numéro|juste|seulement|avec|de|du|des|d|pour|sur",
    ),
  },
  when: {
    lead: /^(?:au|à|a|pour|jusqu'(?:au|à)|du|vers)\s+(?=\S)/i,
    leads:
      /\s(?:(?:au|aux|à|a|pour|jusqu'au|jusqu'à|avant)\s+|(?=(?:aujourd'hui|demain|après-demain|apres-demain|ce|cette|dans|le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?:\s|$)))/giu,
    tries: ['', 'le ', 'à '],
    dayOfMonth: [/^(?:le )?(\d{1,2})$/i, 'le $1'],
    spanLead: /^(?:de|pendant|pour) /i,
    half: '(?:une )?demi(?:e)?[- ]heure',
    numbers: ["une?|l'", 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
    units: {
      minutes: 'min|mn|minutes?',
      hours: 'h|heures?',
      days: 'j|jours?',
      weeks: 'semaines?|sem',
      months: 'mois',
    },
  },
  list: {
    before: beginning('(?:et )?(?:(?:montre|dis)(?:-moi)? (?=ce qu|quelles|combien))?'),
    short: wholly(
      `agenda|aujourd'hui|demain|en retard|(?:cette semaine|la semaine prochaine)|(?:ce week-end|le week-end prochain)|(?:ce mois|le mois prochain)|(?:ma |mes |la |les |toutes les |toutes mes )?(?:semaine|journée|liste|${task})|(?:mes |les |toutes les |toutes mes )?${task} (?:ouvertes|en retard|terminées|faites|récurrentes|importantes|urgentes|d'aujourd'hui|du jour|de demain|avec|pour|de|du|dues) ?.*|#[\\p{L}\\p{M}\\p{N}_-]+`,
    ),
    lead: beginning(
      "(?:montre|affiche|liste|donne|dis|voir|vois)(?:-moi|-nous)?|qu'est-ce qu(?:e|i)?|qu'ai-je|que dois-je|qu'y a-t-il|quoi|quelles?|quels?|combien(?: de| d')?|ai-je|est-ce que j'ai|est-ce qu'il y a|y a-t-il|il y a",
    ),
    show: beginning('montre|affiche|liste'),
    fillers:
      setOf(`ai-je dois-je je j moi me nous ai a-t-il est-ce que qui qu ce c'est que j'ai mon ma mes le la les l un une des de du d en à au pour
      avec par sur dans tout tous toute toutes quelque chose choses est sont y il encore déjà tâche tâches todo todos liste agenda
      calendrier plan programme prévu prévue prévues ouvert ouverte ouvertes due dues dû échéance à faire dois devoir fais stp svp
      prochainement prochaine prochaines suivante suivantes étiquette étiquetées étiquetée tag tags actuelles actuellement arrive quoi
      d'autre ?`),
    about: within('(?:sur|à propos de|contenant|nommées?|appelées?|intitulées?|concernant)\\s+(?<o>.+)'),
    series: within('récurrente?s?|répétitives?|qui se répètent|séries?'),
    tag: new RegExp(
      `${within("(?:avec )?(?:l')?(?:étiquettes?|étiquetées?|tag)").source} #?(?<o>[\\p{L}\\p{M}\\p{N}_-]{1,50})`,
      'iu',
    ),
    category: new RegExp(
      `${within('(?:dans |de )?(?:la )?catégorie').source} (?<o>\\p{L}[\\p{L}\\p{M}\\p{N}_-]*)`,
      'iu',
    ),
    priorities: [
      [
        within(
          '(?:de |à |avec )?(?:une )?(?:haute priorité|priorité (?:haute|élevée))|prioritaires?|importante?s?|urgente?s?|!high|!haute',
        ),
        'high',
      ],
      [within('(?:de |à )?(?:moyenne priorité|priorité moyenne)|!medium'), 'medium'],
      [within('(?:de |à )?(?:basse priorité|priorité (?:basse|faible))|!low'), 'low'],
    ],
    openAndCompleted: within('ouvertes? et (?:terminées?|faites?)'),
    completed: within('(?:déjà )?(?:terminées?|faites?|finies?|accomplies?|complétées?)'),
    overdue: within('en retard|échues?'),
    week: within('(?:pour )?cette semaine|(?:dans )?les (?:7|sept) prochains jours'),
    today: within("aujourd'hui|d'aujourd'hui|ce soir|du jour"),
    tomorrow: within('(?:de |pour )?demain(?! (?:matin|soir|midi|après-midi))'),
    nextWeek: ending('(?:pour )?la semaine prochaine'),
    weekend: {
      this: ending('(?:pour )?(?:ce|le) (?:week-end|weekend)'),
      next: ending('(?:pour )?le (?:week-end|weekend) prochain'),
    },
    month: { this: ending('(?:pour )?ce mois(?:-ci)?'), next: ending('(?:pour )?le mois prochain') },
    isAgenda: within('prévue?s?|dues?|échéance|à faire|dois|agenda|calendrier|programme|suivante'),
    isTasks: within("tâches?|todos?|to-dos?|liste|choses|tout|ai-je|j'ai"),
  },
}
