import { en } from '../texts/en.ts'
import { phrase, type Rule } from './rule.ts'

/** Small talk, and replies to a question. */
export const talk: Rule[] = [
  [
    phrase(
      'help(?: me)?',
      '\\?+',
      'commands',
      '(?:show |list )?(?:me )?(?:the |your )?(?:help|commands|manual|examples)',
      'what (?:can|do) you (?:do|understand|know)',
      'what can i (?:say|ask|do|type)(?: here| to you)?',
      'how (?:do|does|can) (?:i|you|this|it) (?:use this|use you|work|help)(?: me)?',
    ),
    () => ({ kind: 'help' }),
  ],
  [
    phrase(
      '(?:who|what) are you',
      'are you (?:an? |the )?(?:real |human |ai )*(?:human|person|bot|robot|ai|llm|language model|machine|assistant|chatgpt|gpt|claude)',
      'is this (?:an? )?(?:ai|bot|language model|llm)',
    ),
    () => ({ kind: 'about' }),
  ],
  [
    phrase(
      '(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)(?: there| taskflow| all| again)*',
      '(?:(?:hi|hello|hey),? )?how are you(?: doing)?(?: today)?',
      "what's up",
    ),
    () => ({ kind: 'greeting' }),
  ],
  [
    phrase(
      '(?:(?:ok|okay|great|perfect|cool),? )?(?:thanks|thank you|thx|ty|cheers|much appreciated)(?: a lot| so much| very much| again| taskflow)*',
      'great|perfect|cool|nice|awesome|well done|good (?:job|bot)|bye|goodbye|see you|good night|please',
    ),
    () => ({ kind: 'thanks' }),
  ],
  [
    phrase(
      '(?:yes|yep|yeah|yup|y|sure|ok|okay|confirm|confirmed|do it|go ahead|of course|correct|right|exactly|agreed|please do|absolutely)(?: that| it| them)?',
      'yes,? (?:please|do it|go ahead|sure)',
    ),
    () => ({ kind: 'yes' }),
  ],
  [
    phrase(
      '(?:no|nope|nah|n|cancel|stop|abort|wait|hold on|not now|nothing|never ?mind|leave it|scratch that|i changed my mind)',
      "(?:no,? )?(?:don't|do not|don't do (?:it|that)|thanks|thank you|cancel|stop|never ?mind)",
      '(?:forget|cancel) (?:it|that|this|about it)',
      "(?:i'm |i am )?(?:just |only )?(?:kidding|joking)|(?:just )?a joke",
      'on second thought.*',
      '(?:not|none|neither)(?: of (?:them|these|those))?',
    ),
    () => ({ kind: 'no' }),
  ],
]

/** Negations, conditions and questions: they change the meaning of what follows. */
export const turned: Rule[] = [
  [
    phrase(
      "(?:please |no,? |oh |but |and )*(?:don't|do not|dont|never|not|no need to|there's no need to|avoid|without|stop) (?!repeating|remind|forget to|let me forget).+",
      "(?:you|i|we) (?:should not|shouldn't|must not|mustn't|need not|needn't|don't (?:need|have|want)|do not (?:need|have|want)) .+",
    ),
    () => ({ kind: 'refused', say: en.refused.negation }),
  ],
  [
    phrase(
      '(?:if|unless|when|whenever|once|as soon as|in case|provided|after|before|until|while|suppose|assuming|what if|in the event) (?!is|are|was|does|do|did|will).+',
    ),
    () => ({ kind: 'refused', say: en.refused.condition }),
  ],
  [phrase('how (?:do|can|could|should|would) (?:i|we|you) .+', 'how (?:does|to) .+'), () => ({ kind: 'help' })],
  [
    phrase('(?:should|shall|may|can|could|must|might|do|would|am) (?:i|we) (?!have|got).+'),
    () => ({ kind: 'refused', say: en.refused.anyQuestion }),
  ],
]
