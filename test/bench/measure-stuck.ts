import { launchBooth, type LaunchedBooth } from '../e2e/support/launch.ts'
import { processesWith } from '../e2e/support/processes.ts'
import { evaluateInWindow, talkTo } from '../e2e/support/talk.ts'
import { measurement, type Measurement } from './measurement.ts'

const times = 5

/** Milliseconds until the resident's glass shows `screen` with what was paid, after `harm` was done to a booth that asks for money. */
async function backAfter(booth: LaunchedBooth, harm: () => void, screen: string): Promise<number> {
  const evaluate = evaluateInWindow(booth)
  const talk = talkTo(booth, evaluate, 'en')
  const shown = () => evaluate((name) => document.querySelector(`main[data-screen=${name}]`)?.textContent ?? '', screen).catch(() => '')
  await talk.hurryTo('payment')
  await talk.pay(500)
  harm()
  const began = performance.now()
  while (!(await shown()).includes('500')) await new Promise((done) => setTimeout(done, 20))
  const took = performance.now() - began
  await talk.leave()
  return took
}

/** How long a resident looks at nothing when the page dies (F06), and when booth and device process hang (F08): until the view with their money is drawn. */
export async function* measureStuck(): AsyncGenerator<Measurement> {
  const booth = await launchBooth()
  const killPage = () => {
    const ofBrowser = processesWith(`cardbooth-profile-${booth.app.process().pid}-`)
    for (const { id, command } of ofBrowser) if (command.includes('--type=renderer')) process.kill(id, 'SIGKILL')
  }
  const stopBoth = () => {
    for (const { id } of processesWith(`main.js --config ${booth.data}`)) process.kill(id, 'SIGSTOP')
  }
  try {
    const died: number[] = []
    const hung: number[] = []
    for (let turn = 0; turn < times; turn += 1) {
      died.push(await backAfter(booth, killPage, 'payment'))
      hung.push(await backAfter(booth, stopBoth, 'held'))
    }
    yield measurement('recover', 'view after the page died', died)
    yield measurement('recover', 'credit offered after booth and devices hung', hung)
  } finally {
    await booth.close()
  }
}
