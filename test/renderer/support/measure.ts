/** What is wrong with the layout of the screen that is drawn now. */
export interface Complaint {
  readonly what: 'overflow' | 'target' | 'gap' | 'font' | 'missing-key' | 'off-screen' | 'name' | 'scroller' | 'contrast'
  readonly where: string
  readonly detail: string
}

/** Runs in the page: measures everything that can be touched or read against the sizes of the design, in millimetres of this window. */
export function measure({ target, gap, font }: { readonly target: number; readonly gap: number; readonly font: number }): readonly Complaint[] {
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
  const slack = 0.5
  const found: Complaint[] = []
  const describe = (element: Element) => {
    const name = element.getAttribute('data-testid') ?? (element.textContent ?? '').slice(0, 30)
    return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}[${name}]`
  }
  const add = (what: Complaint['what'], element: Element, detail: string) => found.push({ what, where: describe(element), detail })
  const visible = (element: Element) => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden' && element.closest('[inert]') === null
  }
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return (channels(backgroundColor)[3] ?? 1) === 1 && backgroundColor !== 'transparent' ? backgroundColor : groundOf(element.parentElement)
  }
  const contrast = (element: Element) => {
    const [light = 0, dark = 0] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }
  const inScroller = (element: Element) => element.closest('.region') !== null

  if (document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight)
    add('overflow', document.documentElement, 'the page scrolls')
  for (const element of document.querySelectorAll('body *')) {
    if (!(element instanceof HTMLElement) || !visible(element) || inScroller(element)) continue
    const style = getComputedStyle(element)
    if (element.clientWidth === 0 || style.display === 'inline' || element.matches('.only-heard, .region, .camera, canvas, video')) continue
    const clips = style.overflowX !== 'visible'
    const wide = (clips || element.matches('button, li, p, h1, h2, dd, dt, .words')) && element.scrollWidth > element.clientWidth + 1
    const tall = clips && element.scrollHeight > element.clientHeight + 1
    if (wide || tall) add('overflow', element, `${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`)
  }

  const touchable = [...document.querySelectorAll('button, [role="button"], [role="checkbox"], input, a[href]')].filter((element) => visible(element))
  const boxes = touchable.map((element) => ({ element, box: element.getBoundingClientRect() }))
  for (const { element, box } of boxes) {
    if (box.width < target * mm - slack || box.height < target * mm - slack)
      add('target', element, `${(box.width / mm).toFixed(1)} × ${(box.height / mm).toFixed(1)} mm`)
    if (box.left < -slack || box.top < -slack || box.right > innerWidth + slack || box.bottom > innerHeight + slack)
      add('off-screen', element, `${box.left} ${box.top} ${box.right} ${box.bottom}`)
    const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
    if (name.trim() === '') add('name', element, 'nothing to be heard')
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (middle && !element.contains(middle) && !middle.contains(element)) add('off-screen', element, `covered by ${describe(middle)}`)
  }
  boxes.forEach(({ element, box }, index) => {
    for (const { element: other, box: otherBox } of boxes.slice(index + 1)) {
      if (element.contains(other) || other.contains(element)) continue
      const apartX = Math.max(otherBox.left - box.right, box.left - otherBox.right)
      const apartY = Math.max(otherBox.top - box.bottom, box.top - otherBox.bottom)
      const apart = Math.max(apartX, apartY)
      if (apart < gap * mm - slack) add('gap', element, `${(apart / mm).toFixed(1)} mm to ${describe(other)}`)
    }
  })

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const words = (node.textContent ?? '').trim()
    if (!parent || words === '') continue
    if (words.includes('⟦')) add('missing-key', parent, words)
    if (!visible(parent) || parent.closest('script, style, .only-heard')) continue
    const size = Number.parseFloat(getComputedStyle(parent).fontSize)
    if (size < font * mm - 0.05) add('font', parent, `${(size / mm).toFixed(2)} mm`)
    const ratio = contrast(parent)
    if (ratio < 7 && !parent.closest('.camera')) add('contrast', parent, `${ratio.toFixed(2)}: ${words.slice(0, 30)}`)
    if (inScroller(parent)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const button = parent.closest('button')?.getBoundingClientRect()
    for (const box of range.getClientRects()) {
      if (button && (box.top < button.top - 1 || box.bottom > button.bottom + 1)) {
        add('overflow', parent, `taller than its button: ${words.slice(0, 40)}`)
        break
      }
      if (box.width > 0 && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) {
        add('off-screen', parent, words.slice(0, 40))
        break
      }
    }
  }
  if (document.querySelector('[data-testid="scroll-down"]') && !document.querySelector('[data-screen="consent"], [data-screen="advice"], [data-screen="staff"], [data-screen="staff-camera"]'))
    add('scroller', document.body, 'a screen scrolls that holds neither legal text nor an advice, nor is for staff')
  return found
}
