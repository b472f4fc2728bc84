import type { Language } from '../main/contract/language.ts'

/** What the public page says. `{operator}` and `{phone}` are filled in. */
export interface StatusWords {
  readonly languageName: string
  readonly title: string
  readonly intro: string
  readonly number: string
  readonly numberHint: string
  readonly code: string
  readonly codeHint: string
  readonly show: string
  readonly whereItStands: string
  readonly whatToDo: string
  readonly money: string
  readonly runBy: string
  readonly demo: string
  readonly again: string
  readonly states: Readonly<Record<'received' | 'passed-on' | 'approved' | 'declined' | 'refused' | 'absent' | 'unreadable', StateWords>>
}

export interface StateWords {
  readonly heading: string
  readonly body: string
  readonly todo: string
  readonly money: string
}

const claimStaysEn = 'For this application nothing is owed to you. A claim slip that the booth gave you is valid by itself: show it to {operator}.'
const claimStaysJa = 'この申請についてお返しするお金はありません。装置が発行した返金票は、それだけで有効です。{operator}にお見せください。'
const claimStaysZh = '這件申請沒有應退還您的款項。機器開立的退款單本身即有效，請向{operator}出示。'

export const statusWords: Readonly<Record<Language, StatusWords>> = {
  ja: {
    languageName: '日本語',
    title: '申請の状況',
    intro: '控えにある番号とコードを入力してください。お名前やマイナンバー（個人番号）は必要ありません。入力しないでください。',
    number: '番号',
    numberHint: '数字16桁（例 2026-1234-5678-9012）',
    code: 'コード',
    codeHint: '8文字（例 7KQM-2XRB）',
    show: '状況を見る',
    whereItStands: '現在の状況',
    whatToDo: 'これからすること',
    money: 'お金について',
    runBy: 'この装置の運営者：{operator}（電話 {phone}）。行政機関の装置ではありません。',
    demo: 'これは実演です。申請はどの行政機関にも送られません。',
    again: '別の番号を見る',
    states: {
      received: {
        heading: '運営者が受け取りました',
        body: '封をした申請は運営者に届いています。行政機関にはまだ渡されていません。まだ審査もされていません。',
        todo: '何もする必要はありません。数日後にもう一度このページをご覧ください。',
        money: claimStaysJa,
      },
      'passed-on': {
        heading: '行政機関に渡しました',
        body: '申請は行政機関に渡されました。結果はまだ出ていません。',
        todo: 'お住まいの市区町村からの郵便をお待ちください。',
        money: claimStaysJa,
      },
      approved: {
        heading: '行政機関が交付を認めました',
        body: '行政機関の結果が出ました。',
        todo: 'お住まいの市区町村からの交付通知書をお待ちになり、そこに書かれた方法でカードを受け取ってください。',
        money: claimStaysJa,
      },
      declined: {
        heading: '行政機関はこの申請では交付しません',
        body: '行政機関の結果が出ました。理由はここには表示されません。市区町村からの郵便に書かれています。',
        todo: '郵便の案内に従ってください。直してからもう一度申請できます。',
        money: claimStaysJa,
      },
      refused: {
        heading: '申請を受け取れませんでした',
        body: 'データの形に問題があったため、運営者は申請を受け取れませんでした。行政機関には渡されていません。',
        todo: 'もう一度申請してください。分からないときは運営者（電話 {phone}）にお尋ねください。',
        money: 'お支払いいただいた料金をお返しします。返金票、またはこの番号とコードを{operator}にお見せください。',
      },
      absent: {
        heading: 'この番号とコードの申請は、ここには（まだ）ありません',
        body: '入力に間違いがあるか、装置がまだ送れていません。',
        todo: '番号とコードを確かめてください。控えに「未確認」とある場合、装置は自動で送り直します。明日もう一度ご覧ください。3日たっても変わらないときは運営者（電話 {phone}）にお電話ください。',
        money: '申請がここに届かなかったときは、料金をお返しします。控えを捨てないでください。',
      },
      unreadable: {
        heading: '番号またはコードの形が違います',
        body: '番号は数字16桁、コードは8文字です。どちらも控えに印刷されています。',
        todo: '控えを見て、もう一度入力してください。',
        money: '控えを捨てないでください。',
      },
    },
  },
  en: {
    languageName: 'English',
    title: 'Where your application stands',
    intro: 'Enter the number and the code from your slip. Your name and your Individual Number (My Number) are not needed: do not enter them.',
    number: 'Number',
    numberHint: '16 digits, e.g. 2026-1234-5678-9012',
    code: 'Code',
    codeHint: '8 characters, e.g. 7KQM-2XRB',
    show: 'Show',
    whereItStands: 'Where it stands',
    whatToDo: 'What to do',
    money: 'Your money',
    runBy: 'The booth is run by {operator} (phone {phone}). It is not a government machine.',
    demo: 'This is a demonstration: nothing is sent to any authority.',
    again: 'Look up another number',
    states: {
      received: {
        heading: 'The operator has received it',
        body: 'The sealed application is with the operator. It has not been passed on to the authority yet, and nothing has been decided.',
        todo: 'Nothing. Look here again in a few days.',
        money: claimStaysEn,
      },
      'passed-on': {
        heading: 'It was passed on to the authority',
        body: 'The authority has the application. It has not decided yet.',
        todo: 'Wait for a letter from your municipality.',
        money: claimStaysEn,
      },
      approved: {
        heading: 'The authority has approved it',
        body: 'The authority has decided.',
        todo: 'Wait for the notice from your municipality and collect the card as it says.',
        money: claimStaysEn,
      },
      declined: {
        heading: 'The authority does not issue a card on this application',
        body: 'The authority has decided. The reason is not shown here; it stands in a letter from your municipality.',
        todo: 'Do what the letter says. You can apply again.',
        money: claimStaysEn,
      },
      refused: {
        heading: 'The application could not be taken',
        body: 'The operator could not take it because of the form of its data. It was not passed on to the authority.',
        todo: 'Please apply again. If you have a question, call the operator: {phone}.',
        money: 'The price that you paid is owed to you. Show the claim slip, or this number and code, to {operator}.',
      },
      absent: {
        heading: 'Nothing is here under this number and code (yet)',
        body: 'Either something is mistyped, or the booth has not been able to send it.',
        todo:
          'Check number and code. If the slip says "not confirmed", the booth sends again by itself: look here again tomorrow. ' +
          'If nothing has changed after three days, call the operator: {phone}.',
        money: 'If the application never arrives here, the price is owed to you. Keep the slip.',
      },
      unreadable: {
        heading: 'This is not a number and a code of a slip',
        body: 'The number has 16 digits and the code 8 characters. Both are printed on the slip.',
        todo: 'Look at the slip and enter them again.',
        money: 'Keep the slip.',
      },
    },
  },
  'zh-Hant': {
    languageName: '繁體中文',
    title: '申請進度',
    intro: '請輸入收據上的號碼與代碼。不需要您的姓名或個人編號（My Number），請勿輸入。',
    number: '號碼',
    numberHint: '16位數字，例如 2026-1234-5678-9012',
    code: '代碼',
    codeHint: '8個字元，例如 7KQM-2XRB',
    show: '查看',
    whereItStands: '目前進度',
    whatToDo: '您要做的事',
    money: '關於款項',
    runBy: '本機器由{operator}營運（電話 {phone}），不是政府機關的機器。',
    demo: '這是示範：不會送交任何機關。',
    again: '查看另一個號碼',
    states: {
      received: {
        heading: '營運者已收到',
        body: '封緘的申請已送達營運者，尚未轉交主管機關，也尚未審核。',
        todo: '不需要做任何事。請過幾天再來查看。',
        money: claimStaysZh,
      },
      'passed-on': {
        heading: '已轉交主管機關',
        body: '主管機關已收到申請，尚未作出決定。',
        todo: '請等候您所在市區町村的信件。',
        money: claimStaysZh,
      },
      approved: {
        heading: '主管機關已核准',
        body: '主管機關已作出決定。',
        todo: '請等候市區町村的領取通知，並依通知的方式領取卡片。',
        money: claimStaysZh,
      },
      declined: {
        heading: '主管機關未核准這件申請',
        body: '主管機關已作出決定。原因不會顯示在這裡，請見市區町村的信件。',
        todo: '請依信件說明辦理。您可以重新申請。',
        money: claimStaysZh,
      },
      refused: {
        heading: '無法受理這件申請',
        body: '因為資料格式有問題，營運者無法受理，也沒有轉交主管機關。',
        todo: '請重新申請。如有疑問請致電營運者：{phone}。',
        money: '應退還您所付的費用。請向{operator}出示退款單，或這組號碼與代碼。',
      },
      absent: {
        heading: '這裡（還）沒有這組號碼與代碼的申請',
        body: '可能是輸入有誤，或機器尚未能送出。',
        todo: '請確認號碼與代碼。若收據上寫著「未確認」，機器會自動重新傳送，請明天再查看。三天後仍無變化，請致電營運者：{phone}。',
        money: '若申請始終沒有送達，應退還您所付的費用。請保留收據。',
      },
      unreadable: {
        heading: '這不是收據上的號碼與代碼',
        body: '號碼為16位數字，代碼為8個字元，兩者都印在收據上。',
        todo: '請看收據後重新輸入。',
        money: '請保留收據。',
      },
    },
  },
}
