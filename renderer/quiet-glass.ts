/** What a browser would do by itself with a long press or with something dragged in. */
const events = ['contextmenu', 'dragstart', 'dragenter', 'dragover', 'drop'] as const

/** Lets none of it happen: no menu, nothing dragged out, nothing opened that is dropped (the shell refuses it as well). Called once a page. */
export function quietGlass(): void {
  for (const name of events) window.addEventListener(name, (event) => event.preventDefault(), { capture: true })
}
