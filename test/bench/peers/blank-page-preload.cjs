const { ipcRenderer } = require('electron')

requestAnimationFrame(() => void ipcRenderer.invoke('drew'))
