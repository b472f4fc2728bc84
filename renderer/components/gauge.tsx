/** A bar that fills from 0 to `max`. It is scaled, not resized, because a `<progress>` that changes has the whole screen laid out again. */
export function Gauge({ max, value, heard }: { readonly max: number; readonly value: number; readonly heard: string }) {
  return (
    <div className="gauge" role="progressbar" aria-valuemin={0} aria-valuemax={max} aria-valuenow={value} aria-label={heard}>
      <div style={{ transform: `scaleX(${max > 0 ? value / max : 0})` }} />
    </div>
  )
}
