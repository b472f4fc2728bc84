/** A combination of keys, as Playwright names it. */
export interface Combination {
  readonly name: string
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

const combination = (name: string): Combination => {
  const parts = name === 'Control++' ? ['Control', '+'] : name.split('+')
  return { name, key: parts.at(-1) ?? '', control: parts.includes('Control'), alt: parts.includes('Alt'), meta: parts.includes('Meta') }
}

/** Combinations that do something in a browser that fills the screen, or in the system around it: none may do anything in a booth. */
export const combinations: readonly Combination[] = [
  // Chromium in kiosk mode reacts to these.
  ...[
    'Control+t',
    'Control+n',
    'Control+Shift+N',
    'Control+p',
    'Control+h',
    'Control+j',
    'F1',
    'Control+Shift+A',
    'Control+Shift+Delete',
    'Control+Shift+O',
  ],
  ...['Alt+Home', 'Control+w', 'Control+Shift+W', 'Alt+F4'],
  // As an application window it also reacts to these.
  ...['F12', 'Control+Shift+I', 'Control+Shift+J', 'Shift+Escape', 'Control+s'],
  // The rest of the usual ways around.
  ...[
    'Control+o',
    'Control+u',
    'Control+l',
    'Control+f',
    'Control+g',
    'Control+d',
    'Control+r',
    'F5',
    'F6',
    'F7',
    'F11',
    'Escape',
    'Control++',
    'Control+-',
  ],
  ...['Control+0', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+f', 'Shift+F10', 'ContextMenu'],
].map(combination)

/** What a window manager or the kernel takes before any page; refused all the same. */
export const systemCombinations: readonly Combination[] = [
  'Alt+Tab',
  'Meta',
  'PrintScreen',
  'Control+Alt+F1',
  'Control+Alt+F12',
  'Control+Alt+Delete',
  'Control+Alt+Backspace',
  'Alt+PrintScreen',
].map(combination)
