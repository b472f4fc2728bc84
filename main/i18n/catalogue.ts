import type { Catalogue, Language } from '../contract/language.ts'
import careEn from '../services/jp-card-care/messages/en.json' with { type: 'json' }
import careJa from '../services/jp-card-care/messages/ja.json' with { type: 'json' }
import careZhHant from '../services/jp-card-care/messages/zh-Hant.json' with { type: 'json' }
import lostEn from '../services/jp-card-lost/messages/en.json' with { type: 'json' }
import lostJa from '../services/jp-card-lost/messages/ja.json' with { type: 'json' }
import lostZhHant from '../services/jp-card-lost/messages/zh-Hant.json' with { type: 'json' }
import statusEn from '../services/jp-card-status/messages/en.json' with { type: 'json' }
import statusJa from '../services/jp-card-status/messages/ja.json' with { type: 'json' }
import statusZhHant from '../services/jp-card-status/messages/zh-Hant.json' with { type: 'json' }
import guideEn from '../services/jp-guide/messages/en.json' with { type: 'json' }
import guideJa from '../services/jp-guide/messages/ja.json' with { type: 'json' }
import guideZhHant from '../services/jp-guide/messages/zh-Hant.json' with { type: 'json' }
import checkEn from '../services/jp-card-check/messages/en.json' with { type: 'json' }
import checkJa from '../services/jp-card-check/messages/ja.json' with { type: 'json' }
import checkZhHant from '../services/jp-card-check/messages/zh-Hant.json' with { type: 'json' }
import linkingEn from '../services/jp-linking/messages/en.json' with { type: 'json' }
import linkingJa from '../services/jp-linking/messages/ja.json' with { type: 'json' }
import linkingZhHant from '../services/jp-linking/messages/zh-Hant.json' with { type: 'json' }
import pinEn from '../services/jp-pin-change/messages/en.json' with { type: 'json' }
import pinJa from '../services/jp-pin-change/messages/ja.json' with { type: 'json' }
import pinZhHant from '../services/jp-pin-change/messages/zh-Hant.json' with { type: 'json' }
import applicationEn from '../services/jp-mynumber-application/messages/en.json' with { type: 'json' }
import applicationJa from '../services/jp-mynumber-application/messages/ja.json' with { type: 'json' }
import applicationZhHant from '../services/jp-mynumber-application/messages/zh-Hant.json' with { type: 'json' }
import photoEn from '../services/jp-photo/messages/en.json' with { type: 'json' }
import photoJa from '../services/jp-photo/messages/ja.json' with { type: 'json' }
import photoZhHant from '../services/jp-photo/messages/zh-Hant.json' with { type: 'json' }
import linesEn from '../services/phone-lines/messages/en.json' with { type: 'json' }
import linesJa from '../services/phone-lines/messages/ja.json' with { type: 'json' }
import linesZhHant from '../services/phone-lines/messages/zh-Hant.json' with { type: 'json' }
import citizenEn from '../services/tw-citizen-certificate/messages/en.json' with { type: 'json' }
import citizenJa from '../services/tw-citizen-certificate/messages/ja.json' with { type: 'json' }
import citizenZhHant from '../services/tw-citizen-certificate/messages/zh-Hant.json' with { type: 'json' }
import residentEn from '../services/tw-resident-certificate/messages/en.json' with { type: 'json' }
import residentJa from '../services/tw-resident-certificate/messages/ja.json' with { type: 'json' }
import residentZhHant from '../services/tw-resident-certificate/messages/zh-Hant.json' with { type: 'json' }
import boothEn from './messages/en/booth.json' with { type: 'json' }
import cameraEn from './messages/en/camera.json' with { type: 'json' }
import cardsEn from './messages/en/cards.json' with { type: 'json' }
import faultsEn from './messages/en/faults.json' with { type: 'json' }
import rulesEn from './messages/en/rules.json' with { type: 'json' }
import screensEn from './messages/en/screens.json' with { type: 'json' }
import slipsEn from './messages/en/slips.json' with { type: 'json' }
import staffEn from './messages/en/staff.json' with { type: 'json' }
import taiwanEn from './messages/en/taiwan.json' with { type: 'json' }
import boothJa from './messages/ja/booth.json' with { type: 'json' }
import cameraJa from './messages/ja/camera.json' with { type: 'json' }
import cardsJa from './messages/ja/cards.json' with { type: 'json' }
import faultsJa from './messages/ja/faults.json' with { type: 'json' }
import rulesJa from './messages/ja/rules.json' with { type: 'json' }
import screensJa from './messages/ja/screens.json' with { type: 'json' }
import slipsJa from './messages/ja/slips.json' with { type: 'json' }
import staffJa from './messages/ja/staff.json' with { type: 'json' }
import taiwanJa from './messages/ja/taiwan.json' with { type: 'json' }
import boothZhHant from './messages/zh-Hant/booth.json' with { type: 'json' }
import cameraZhHant from './messages/zh-Hant/camera.json' with { type: 'json' }
import cardsZhHant from './messages/zh-Hant/cards.json' with { type: 'json' }
import faultsZhHant from './messages/zh-Hant/faults.json' with { type: 'json' }
import rulesZhHant from './messages/zh-Hant/rules.json' with { type: 'json' }
import screensZhHant from './messages/zh-Hant/screens.json' with { type: 'json' }
import slipsZhHant from './messages/zh-Hant/slips.json' with { type: 'json' }
import staffZhHant from './messages/zh-Hant/staff.json' with { type: 'json' }
import taiwanZhHant from './messages/zh-Hant/taiwan.json' with { type: 'json' }

const catalogues: Readonly<Record<Language, Catalogue>> = {
  ja: {
    ...boothJa, ...cameraJa, ...faultsJa, ...rulesJa, ...screensJa, ...slipsJa, ...staffJa, ...taiwanJa,
    ...cardsJa, ...checkJa, ...pinJa, ...linkingJa,
    ...applicationJa, ...photoJa, ...guideJa, ...statusJa, ...lostJa, ...careJa, ...citizenJa, ...residentJa, ...linesJa,
  },
  en: {
    ...boothEn, ...cameraEn, ...faultsEn, ...rulesEn, ...screensEn, ...slipsEn, ...staffEn, ...taiwanEn,
    ...cardsEn, ...checkEn, ...pinEn, ...linkingEn,
    ...applicationEn, ...photoEn, ...guideEn, ...statusEn, ...lostEn, ...careEn, ...citizenEn, ...residentEn, ...linesEn,
  },
  'zh-Hant': {
    ...boothZhHant, ...cameraZhHant, ...faultsZhHant, ...rulesZhHant, ...screensZhHant, ...slipsZhHant, ...staffZhHant, ...taiwanZhHant,
    ...cardsZhHant, ...checkZhHant, ...pinZhHant, ...linkingZhHant,
    ...applicationZhHant, ...photoZhHant, ...guideZhHant, ...statusZhHant, ...lostZhHant, ...careZhHant, ...citizenZhHant, ...residentZhHant, ...linesZhHant,
  },
}

/** The built-in messages of a language, those of the services among them; the operator's pack comes on top of them. */
export function catalogueOf(language: Language): Catalogue {
  return catalogues[language]
}
