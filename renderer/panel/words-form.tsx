import { useState } from 'react'

interface WordsFormProps {
  readonly name: string
  readonly words: string
  readonly button: string
  readonly onWords: (words: string) => void
}

/** A line to type and a button that does it. */
export function WordsForm({ name, words, button, onWords }: WordsFormProps) {
  const [typed, setTyped] = useState('')
  return (
    <form
      className="words-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') onWords(typed.trim())
      }}
    >
      <label>
        {words}
        <input name={name} value={typed} maxLength={4000} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <button type="submit">{button}</button>
    </form>
  )
}
