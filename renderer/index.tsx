import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { loadFonts } from './fonts.ts'
import { quietGlass } from './quiet-glass.ts'

quietGlass()
void loadFonts('Booth Latin', 'Booth JP')
const root = document.getElementById('root')
if (root) createRoot(root).render(<App bridge={bridge()} />)
