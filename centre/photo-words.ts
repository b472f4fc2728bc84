import type { Language } from '../main/contract/language.ts'

/** What the page can be showing; `start` stands until its script runs, and stays where it cannot. */
export const photoStates = ['start', 'ready', 'fetching', 'shown', 'shown-last', 'no-key', 'absent', 'taken', 'expired', 'altered', 'offline', 'too-old'] as const
export type PhotoState = (typeof photoStates)[number]

/** What the photo page says. `{operator}` and `{phone}` are filled in. */
export interface PhotoWords {
  readonly languageName: string
  readonly title: string
  readonly open: string
  readonly save: string
  readonly photo: string
  readonly runBy: string
  /** One text each; a new line begins a new paragraph. */
  readonly states: Readonly<Record<PhotoState, string>>
}

export const photoWords: Readonly<Record<Language, PhotoWords>> = {
  ja: {
    languageName: '日本語',
    title: 'あなたの証明写真',
    open: '写真を開く',
    save: '写真を保存する',
    photo: 'あなたの証明写真',
    runBy: 'この装置の運営者：{operator}（電話 {phone}）。行政機関の装置ではありません。運営者はあなたの写真を見ることができません。',
    states: {
      start: 'このページには JavaScript が必要です。スマートフォンの標準ブラウザーで開いてください。',
      ready: '写真は24時間以内に、2回まで開けます。2回目に開くと、写真はここから削除されます。開いたら、すぐに保存してください。',
      fetching: '写真を開いています…',
      shown: '写真を保存してください。あと1回開けます。\n保存した写真は、パソコンやスマートフォンでの申請に使えます。切り抜きや加工はしないでください。',
      'shown-last': '今すぐ写真を保存してください。写真はもう削除されたので、ここでは二度と開けません。\n保存した写真は、パソコンやスマートフォンでの申請に使えます。切り抜きや加工はしないでください。',
      'no-key': 'このアドレス（URL）には写真の鍵がありません。装置の画面のQRコードを、もう一度カメラで読み取ってください。',
      absent: 'この写真はここにありません。装置の画面のQRコードをもう一度読み取ってください。時間がたちすぎて削除されたのかもしれません。',
      taken: '写真は2回開かれたので、削除されました。あなたが2回開いていない場合は、{operator}（電話 {phone}）に知らせてください。',
      expired: '24時間が過ぎたので、写真は削除されました。',
      altered: '届いたデータがもとの写真と違うため、表示しません。もう一度開いてください。それでもだめなときは、{operator}（電話 {phone}）に知らせてください。',
      offline: '写真が届きませんでした。通信を確認して、もう一度開いてください。',
      'too-old': 'このブラウザーでは写真を開けません。新しいブラウザーで、https で始まるアドレス（URL）を開いてください。',
    },
  },
  en: {
    languageName: 'English',
    title: 'Your ID photo',
    open: 'Open the photo',
    save: 'Save the photo',
    photo: 'Your ID photo',
    runBy: 'This booth is run by {operator} (telephone {phone}). It is no government office. The operator cannot see your photo.',
    states: {
      start: 'This page needs JavaScript. Please open it in your telephone’s own browser.',
      ready: 'The photo can be opened for 24 hours, twice. With the second time it is deleted from here. Save it as soon as you have opened it.',
      fetching: 'Opening the photo…',
      shown: 'Save the photo now. You can open it once more.\nUse the saved photo for your application by computer or smartphone. Do not crop or change it.',
      'shown-last': 'Save the photo now. It has been deleted here and cannot be opened again.\nUse the saved photo for your application by computer or smartphone. Do not crop or change it.',
      'no-key': 'This address does not hold the key of a photo. Please scan the QR code on the booth’s screen again with your camera.',
      absent: 'This photo is not here. Please scan the QR code on the booth’s screen again. It may have been deleted because its time was over.',
      taken: 'The photo was opened twice and has been deleted. If it was not you who opened it, please tell {operator} (telephone {phone}).',
      expired: '24 hours have passed, so the photo has been deleted.',
      altered: 'What arrived is not your photo as it was made, so it is not shown. Please open it again. If that does not help, tell {operator} (telephone {phone}).',
      offline: 'The photo did not arrive. Check your connection, then open it again.',
      'too-old': 'This browser cannot open the photo. Please use a newer browser, with an address that begins with https.',
    },
  },
  'zh-Hant': {
    languageName: '繁體中文',
    title: '您的證件照',
    open: '開啟相片',
    save: '儲存相片',
    photo: '您的證件照',
    runBy: '本機器由{operator}（電話 {phone}）營運，並非政府機關。營運者看不到您的相片。',
    states: {
      start: '此頁面需要 JavaScript，請用手機內建的瀏覽器開啟。',
      ready: '相片可在24小時內開啟兩次。第二次開啟後，相片就會從這裡刪除。開啟後請立即儲存。',
      fetching: '正在開啟相片…',
      shown: '請儲存相片，還可以再開啟一次。\n儲存的相片可用於電腦或手機申請。請勿裁切或修改。',
      'shown-last': '請立即儲存相片。相片已從這裡刪除，無法再次開啟。\n儲存的相片可用於電腦或手機申請。請勿裁切或修改。',
      'no-key': '這個網址沒有相片的鑰匙。請用相機重新掃描機器畫面上的 QR 碼。',
      absent: '這裡沒有這張相片。請重新掃描機器畫面上的 QR 碼；也可能因為時間已過而刪除。',
      taken: '相片已開啟兩次並刪除。若不是您本人開啟，請告知{operator}（電話 {phone}）。',
      expired: '已超過24小時，相片已刪除。',
      altered: '收到的資料與原來的相片不符，因此不顯示。請再開啟一次；若仍不行，請告知{operator}（電話 {phone}）。',
      offline: '沒有收到相片。請檢查網路後再開啟一次。',
      'too-old': '此瀏覽器無法開啟相片。請使用較新的瀏覽器，並開啟 https 開頭的網址。',
    },
  },
}
