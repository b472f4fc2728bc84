import type { Answer, CommandInput, CommandName, CommandOutput } from '../main/contract/commands.ts'
import type { Bridge } from '../main/contract/wire.ts'

declare global {
  interface Window {
    readonly cardbooth: Bridge
  }
}

/** What the preload put on this page. */
export function bridge(): Bridge {
  return window.cardbooth
}

/** Says one command to the booth. */
export type Request = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => Promise<Answer<CommandOutput<Name>>>

/** Gives the bridge the types of the contract; the booth checks what it hears, the page believes what it is told. */
export function typedRequest(over: Bridge): Request {
  return (name, input) => over.request(name, input) as ReturnType<Request> as never
}
