/* Runs in the browser of a resident's telephone, inline and pinned by its hash in the page's policy. It shows one of the page's prepared texts
   (data-state) and makes none. The secret behind # leaves the telephone as a number and a token only (main/contract/hand-over.ts). */
'use strict'
{
  const label = 'cardbooth.hand-over/1'
  const show = (state) => {
    document.body.dataset.state = state
  }
  const secretOf = (hash) => {
    const text = hash.slice(1)
    if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
  }
  const derive = async (secret) => {
    const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(label) }
    const bytes = new Uint8Array(await crypto.subtle.deriveBits(algorithm, base, 80 * 8))
    const text = (part) => Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const token = btoa(String.fromCharCode(...bytes.subarray(48))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    return { id: text(bytes.subarray(0, 16)), number: bytes.subarray(0, 16), key: bytes.subarray(16, 48), token }
  }
  const open = async (sealed, { key, number }) => {
    const own = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: number }, own, sealed.slice(12))
  }
  const problems = { 404: 'absent', 413: 'absent' }

  const fetchPhoto = async () => {
    document.getElementById('photo').removeAttribute('src')
    show('fetching')
    const derived = await derive(secretOf(location.hash))
    const answer = await fetch(`v1/hand-overs/${derived.id}/download`, {
      method: 'POST',
      headers: { authorization: `Bearer ${derived.token}` },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    }).catch(() => null)
    if (!answer) return show('offline')
    if (answer.status === 410) return show((await answer.json()).problem === 'taken' ? 'taken' : 'expired')
    if (!answer.ok) return show(problems[answer.status] ?? 'offline')
    const sealed = await answer.arrayBuffer().catch(() => null)
    if (!sealed) return show('offline')
    const photo = await open(sealed, derived).catch(() => null)
    if (!photo) return show('altered')
    const address = URL.createObjectURL(new Blob([photo], { type: 'image/jpeg' }))
    document.getElementById('photo').src = address
    document.getElementById('save').href = address
    show(answer.headers.get('downloads-left') === '0' ? 'shown-last' : 'shown')
  }
  const begin = () => {
    for (const link of document.querySelectorAll('nav a')) link.hash = location.hash
    if (!globalThis.crypto?.subtle) return show('too-old')
    show(secretOf(location.hash) ? 'ready' : 'no-key')
  }
  document.getElementById('open').addEventListener('click', () => void fetchPhoto())
  addEventListener('hashchange', begin)
  begin()
}
