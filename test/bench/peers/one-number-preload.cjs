const { ipcRenderer } = require('electron')

ipcRenderer.on('number', (_event, number) => {
  document.getElementById('number').textContent = String(number)
})
