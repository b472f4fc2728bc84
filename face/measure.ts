import { backgroundOf, type Background } from './background.ts'
import { areaOf, countsBeside } from './detector.ts'
import type { SeenHead, Sight } from './engine.ts'
import { crownOf, headGeometry, type Crown, type HeadGeometry } from './geometry.ts'
import { faceLight, type FaceLight } from './light.ts'
import type { FaceMesh } from './mesh.ts'
import type { PersonMask } from './person.ts'
import type { Picture } from './picture.ts'
import { bestWindow, overhangOf, type Overhang, type PhotoWindow } from './window.ts'

/** Where a head is, and where the photo of it would be cut. */
export interface PlacedHead {
  readonly geometry: HeadGeometry
  readonly crown: Crown
  readonly window: PhotoWindow
  readonly overhang: Overhang
  /** Points of the face outside of the picture, of 478. */
  readonly pointsOutside: number
}

/** All that is measured on the sitter's head. */
export interface HeadMeasures extends PlacedHead {
  readonly light: FaceLight
  readonly background: Background
}

/** Measurements of one picture; what checks are made of. */
export interface Measures {
  readonly width: number
  readonly height: number
  /** Faces at least a tenth as large as the largest. */
  readonly faces: number
  /** The second face's area through the first's; 0 where there is none. */
  readonly secondFace: number
  /** Pixels of the camera's picture in a pixel of the measured one, 1 or more. */
  readonly sourceScale: number
  readonly head: HeadMeasures | null
}

/** Measures what the engine saw; `sourceScale` is how many pixels of the camera's picture a pixel of `picture` stands for. */
export function measure(picture: Picture, { faces, head }: Sight, sourceScale: number): Measures {
  const { width, height } = picture
  const [first, second] = [...faces].sort((a, b) => areaOf(b) - areaOf(a))
  const counted = first ? faces.filter((face) => countsBeside(face, first)).length : 0
  return { width, height, faces: counted, secondFace: first && second ? areaOf(second) / areaOf(first) : 0, sourceScale, head: head && measureHead(picture, head) }
}

/** Measures a head that was followed to the next picture: where it is and how it is held is new, what else is known stays as it was `before`. */
export function measureAgain(before: Measures, picture: Picture, { mesh, person }: SeenHead): Measures {
  const { head } = before
  return { ...before, head: head && { ...head, ...placeHead(picture, mesh, person) } }
}

/** Measures the light in the next picture on a head that is where it was `before`. */
export function measureLight(before: Measures, picture: Picture, { mesh }: SeenHead): Measures {
  const { head } = before
  return { ...before, head: head && { ...head, light: faceLight(picture, mesh, head.geometry) } }
}

/** Measures the person and what is behind in the next picture; the head is where it was `before`. */
export function measureBehind(before: Measures, picture: Picture, { mesh, person }: SeenHead): Measures {
  const { head } = before
  const placed = placeHead(picture, mesh, person)
  return { ...before, head: head && { ...head, ...placed, background: backgroundOf(picture, person, placed.window, placed.geometry) } }
}

function measureHead(picture: Picture, { mesh, person }: SeenHead): HeadMeasures {
  const placed = placeHead(picture, mesh, person)
  return { ...placed, light: faceLight(picture, mesh, placed.geometry), background: backgroundOf(picture, person, placed.window, placed.geometry) }
}

/** Places a head by what the points and the mask alone say. */
export function placeHead({ width, height }: Pick<Picture, 'width' | 'height'>, mesh: FaceMesh, person: PersonMask): PlacedHead {
  const geometry = headGeometry(mesh)
  const crown = crownOf(geometry, person)
  const window = bestWindow(geometry, crown, width, height)
  return {
    geometry,
    crown,
    window,
    overhang: overhangOf(window, width, height),
    pointsOutside: mesh.points.filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height).length,
  }
}
