import type { Luminance } from '../../../renderer/decoder/luminance.ts'
import type { Form } from './form.ts'
import type { Random } from './random.ts'

/** How a form is held and lit, and what the camera makes of it. Lengths in modules are those of the form's code. */
export interface Shot {
  readonly width: number
  readonly height: number
  /** Side of the code as a part of the picture's height. */
  readonly codeHeight: number
  /** Turn in the picture, degrees. */
  readonly turn: number
  /** Tilt of the sheet away from the lens, degrees, around an axis at `tiltAxis` degrees. */
  readonly tilt: number
  readonly tiltAxis: number
  /** How far the code's middle is from the picture's, as parts of width and height. */
  readonly shiftX: number
  readonly shiftY: number
  /** Grey of paper and of ink, 0 to 255. */
  readonly paper: number
  readonly ink: number
  /** Radius of the blur (standard deviation), modules. */
  readonly blur: number
  /** Length of a straight smear, modules, at `smearAngle` degrees. */
  readonly smear: number
  readonly smearAngle: number
  /** Standard deviation of the sensor's noise, grey steps. */
  readonly noise: number
  /** A white reflection over this part of the code's area. */
  readonly glare: number
  /** An edge of shadow over the code that takes away this part of the light. */
  readonly shadow: number
  /** Scratches and stains over this part of the code's area. */
  readonly damage: number
  /** Depth 0 to 1 of the grid of a screen that is photographed. */
  readonly grid: number
}

/** What lies around the sheet. */
const deskGrey = 70

/** The picture that a camera takes of `form`; the same seed gives the same picture. */
export function photograph(form: Form, shot: Shot, random: Random): Luminance {
  const module = (shot.codeHeight * shot.height) / Math.max(1, form.code.modules)
  const sheet = damaged(form, shot.damage, random)
  const view = project(sheet, form, shot)
  light(view, form, shot, random)
  gaussianBlur(view, shot.blur * module)
  smear(view, shot.smear * module, shot.smearAngle)
  addNoise(view, shot.noise, random)
  return { data: new Uint8Array(new Uint8ClampedArray(view.data).buffer), width: view.width, height: view.height }
}

interface Plane {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

function damaged(form: Form, part: number, random: Random): Luminance {
  if (part === 0) return form
  const data = new Uint8Array(form.data)
  const { left, top, size } = form.code
  const wanted = part * size * size
  for (let covered = 0; covered < wanted; ) {
    const radius = size * random.between(0.02, 0.06)
    const stretch = random.between(1, 3)
    const angle = random.between(0, Math.PI)
    const grey = random.next() < 0.5 ? 0 : 255
    const [middleX, middleY] = [left + random.next() * size, top + random.next() * size]
    const reach = Math.ceil(radius * stretch)
    for (let y = -reach; y <= reach; y += 1)
      for (let x = -reach; x <= reach; x += 1) {
        const along = (x * Math.cos(angle) + y * Math.sin(angle)) / stretch
        const across = y * Math.cos(angle) - x * Math.sin(angle)
        if (along * along + across * across > radius * radius) continue
        data[Math.round(middleY + y) * form.width + Math.round(middleX + x)] = grey
      }
    covered += Math.PI * radius * radius * stretch
  }
  return { ...form, data }
}

/** Where the light of each pixel comes from: through a pinhole onto the tilted sheet. */
function project(sheet: Luminance, form: Form, shot: Shot): Plane {
  const { width, height } = shot
  const focal = width * 1.1
  const scale = (shot.codeHeight * height) / form.code.size
  const distance = focal / scale
  const source = shrink(sheet, Math.max(0, Math.round(Math.log2(1 / scale))))
  const [turn, tilt, axis] = [shot.turn, shot.tilt, shot.tiltAxis].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  const turned = (x: number, y: number) => {
    const [u, v] = [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]
    const along = u * Math.cos(axis) + v * Math.sin(axis)
    const across = v * Math.cos(axis) - u * Math.sin(axis)
    const flat = across * Math.cos(tilt)
    return { x: along * Math.cos(axis) - flat * Math.sin(axis), y: along * Math.sin(axis) + flat * Math.cos(axis), z: across * Math.sin(tilt) }
  }
  const [right, down] = [turned(1, 0), turned(0, 1)]
  const inverse = invert([
    [focal * right.x, focal * down.x, 0],
    [focal * right.y, focal * down.y, 0],
    [right.z, down.z, distance],
  ])
  const [[ax, ay, a0], [bx, by, b0], [cx, cy, c0]] = inverse
  const middleX = form.code.left + form.code.size / 2
  const middleY = form.code.top + form.code.size / 2
  const brightness = (shot.paper - shot.ink) / 255
  const data = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) {
      const u = x - width * (0.5 + shot.shiftX)
      const v = y - height * (0.5 + shot.shiftY)
      const c = cx * u + cy * v + c0
      const column = ((ax * u + ay * v + a0) / c + middleX) / source.step
      const row = ((bx * u + by * v + b0) / c + middleY) / source.step
      const grey = c > 0 ? sample(source, column, row) : -1
      data[at] = grey < 0 ? deskGrey : shot.ink + brightness * grey
    }
  if (shot.grid > 0)
    for (let at = 0; at < data.length; at += 1) {
      const wave = Math.sin((at % width) * 2.74) * Math.sin(Math.floor(at / width) * 2.69)
      data[at] = (data[at] ?? 0) * (1 - shot.grid * (0.5 + 0.5 * wave))
    }
  return { data, width, height }
}

type Matrix = readonly [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]]

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const over = 1 / determinant
  return [
    [(e * i - f * h) * over, (c * h - b * i) * over, (b * f - c * e) * over],
    [(f * g - d * i) * over, (a * i - c * g) * over, (c * d - a * f) * over],
    [(d * h - e * g) * over, (b * g - a * h) * over, (a * e - b * d) * over],
  ]
}

/** The sheet halved `times` times, so that sampling it skips no line; `step` is what one of its pixels was before. */
function shrink(sheet: Luminance, times: number): Luminance & { readonly step: number } {
  let { data, width, height } = sheet
  for (let time = 0; time < times; time += 1) {
    const [halfWidth, halfHeight] = [width >> 1, height >> 1]
    const half = new Uint8Array(halfWidth * halfHeight)
    for (let y = 0; y < halfHeight; y += 1)
      for (let x = 0; x < halfWidth; x += 1) {
        const at = 2 * y * width + 2 * x
        half[y * halfWidth + x] = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0) + 2) >> 2
      }
    ;[data, width, height] = [half, halfWidth, halfHeight]
  }
  return { data, width, height, step: 2 ** times }
}

/** Between four pixels; -1 off the sheet. */
function sample({ data, width, height }: Luminance, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return -1
  const [fractionX, fractionY] = [x - left, y - top]
  const at = top * width + left
  const upper = (data[at] ?? 0) * (1 - fractionX) + (data[at + 1] ?? 0) * fractionX
  const lower = (data[at + width] ?? 0) * (1 - fractionX) + (data[at + width + 1] ?? 0) * fractionX
  return upper * (1 - fractionY) + lower * fractionY
}

function light(view: Plane, form: Form, shot: Shot, random: Random): void {
  const { data, width, height } = view
  const side = shot.codeHeight * height
  const [middleX, middleY] = [width * (0.5 + shot.shiftX), height * (0.5 + shot.shiftY)]
  const slope = random.between(-0.08, 0.08)
  const spot = {
    x: middleX + random.between(-0.3, 0.3) * side,
    y: middleY + random.between(-0.3, 0.3) * side,
    radius: Math.sqrt(shot.glare / Math.PI) * side,
  }
  const edge = { angle: random.between(0, 2 * Math.PI), offset: random.between(-0.2, 0.2) * side, soft: side / Math.max(1, form.code.modules) }
  const [edgeX, edgeY] = [Math.cos(edge.angle), Math.sin(edge.angle)]
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) {
      let grey = (data[at] ?? 0) * (1 + (slope * (x - middleX)) / width)
      if (shot.shadow > 0) {
        const past = (x - middleX) * edgeX + (y - middleY) * edgeY - edge.offset
        grey *= 1 - shot.shadow / (1 + Math.exp(-past / edge.soft))
      }
      if (shot.glare > 0) {
        const away = Math.hypot(x - spot.x, y - spot.y) / spot.radius
        grey += 255 * Math.min(1, Math.exp(2 - 2 * away * away))
      }
      data[at] = Math.min(255, grey)
    }
}

/** Four running means each way come close to a bell curve, at a cost that does not grow with it. */
function gaussianBlur({ data, width, height }: Plane, sigma: number): void {
  const passes = 4
  const narrow = Math.floor((Math.sqrt((12 * sigma * sigma) / passes + 1) - 1) / 2) * 2 + 1
  const wide = Math.round((12 * sigma * sigma - passes * (narrow * narrow - 1)) / (4 * narrow + 4))
  for (let pass = 0; pass < passes; pass += 1) {
    const reach = (narrow - 1) / 2 + (pass < wide ? 1 : 0)
    if (reach === 0) continue
    for (let y = 0; y < height; y += 1) runningMean(data, y * width, 1, width, reach)
    for (let x = 0; x < width; x += 1) runningMean(data, x, width, height, reach)
  }
}

function runningMean(data: Float32Array, start: number, step: number, count: number, reach: number): void {
  const line = new Float32Array(count)
  for (let index = 0; index < count; index += 1) line[index] = data[start + index * step] ?? 0
  const value = (index: number) => line[index < 0 ? 0 : index >= count ? count - 1 : index] ?? 0
  let sum = 0
  for (let index = -reach; index <= reach; index += 1) sum += value(index)
  for (let index = 0; index < count; index += 1) {
    data[start + index * step] = sum / (2 * reach + 1)
    sum += value(index + reach + 1) - value(index - reach)
  }
}

function smear(view: Plane, length: number, degrees: number): void {
  if (length < 1) return
  const taps = Math.round(length) | 1
  const angle = (degrees * Math.PI) / 180
  convolve(view, new Array<number>(taps).fill(1), (Math.cos(angle) * length) / taps, (Math.sin(angle) * length) / taps)
}

/** A weighted mean along the direction (stepX, stepY), one step a weight; beyond the edge the edge's own value. */
function convolve({ data, width, height }: Plane, weights: readonly number[], stepX: number, stepY: number): void {
  const from = new Float32Array(data)
  const reach = (weights.length - 1) / 2
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  data.fill(0)
  weights.forEach((weight, index) => {
    const [overX, overY] = [Math.round((index - reach) * stepX), Math.round((index - reach) * stepY)]
    const part = weight / total
    for (let y = 0, at = 0; y < height; y += 1) {
      const row = Math.min(height - 1, Math.max(0, y + overY)) * width
      for (let x = 0; x < width; x += 1, at += 1) {
        const column = x + overX
        data[at] = (data[at] ?? 0) + part * (from[row + (column < 0 ? 0 : column >= width ? width - 1 : column)] ?? 0)
      }
    }
  })
}

function addNoise({ data }: Plane, sigma: number, random: Random): void {
  if (sigma === 0) return
  const errors = Float32Array.from({ length: 8191 }, () => sigma * random.normal())
  for (let at = 0; at < data.length; at += 1) data[at] = (data[at] ?? 0) + (errors[Math.floor(random.next() * errors.length)] ?? 0)
}
