import { createRoot } from 'react-dom/client'
import { bridge } from './bridge.ts'
import { Panel } from './panel/panel.tsx'

const root = document.getElementById('root')
if (root) createRoot(root).render(<Panel bridge={bridge()} />)
