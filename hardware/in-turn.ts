/** Makes a queue: each act begins when the one before it has ended, however it ended. */
export function makeTurns(): <Result>(act: () => Promise<Result>) => Promise<Result> {
  let turn: Promise<unknown> = Promise.resolve()
  return (act) => {
    const result = turn.then(act)
    turn = result.catch(() => undefined)
    return result
  }
}
