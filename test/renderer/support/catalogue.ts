import type { Catalogue, Language } from '../../../main/contract/language.ts'
import { messagesOf } from '../../house/catalogue-files.ts'

/** A long and a short paragraph of an operator's pack. */
const pack: Readonly<Record<Language, readonly [readonly string[], readonly string[]]>> = {
  en: [
    [
      'The operator named above runs this booth. What you enter, the photo and your answers are used for this application and nothing else. ',
      'They are sealed to the key of the receiving office before they leave this machine; neither the operator nor the machine can read them again.',
    ],
    ['You may ask for access to your data, for its correction and for its erasure, at the telephone number on every screen.'],
  ],
  ja: [
    [
      'この機械は、上に示した事業者が運営しています。入力した内容、写真、回答は、この申請のためだけに使います。',
      '機械から出る前に、受け取る役所の鍵で封をします。事業者もこの機械も、もう読むことはできません。',
    ],
    ['ご自分のデータの開示、訂正、消去は、どの画面にもある電話番号で求めることができます。'],
  ],
  'zh-Hant': [
    [
      '這台機器由上方所列業者營運。您輸入的內容、照片與回答僅用於本次申請。',
      '資料離開機器之前，會以受理機關的金鑰加密封存，業者與機器都無法再讀取。',
    ],
    ['您可以撥打每個畫面上的電話，要求查閱、更正或刪除您的資料。'],
  ],
}

const sections = ['purpose', 'receiver', 'keeping', 'rights', 'contact', 'terms']

/** Everything that the booth would hand out for a language, with a pack of an invented operator. */
export function catalogueOf(language: Language): Catalogue {
  const [long, short] = pack[language]
  return Object.fromEntries([
    ...messagesOf(language).map(({ key, text }) => [key, text] as const),
    ...sections.map((section, index) => [`pack.${section}`, (index % 2 === 0 ? long : short).join('')] as const),
  ])
}
