import { areaOf, countsBeside, detectFaces, isSameFace, oneOfEach, squareOfFace, type DetectedFace } from './detector.ts'
import { headGeometry, squareOfHead } from './geometry.ts'
import { findMesh, squareOfMesh, type FaceMesh } from './mesh.ts'
import type { FaceModels } from './models.ts'
import { findPerson, type PersonMask } from './person.ts'
import type { Picture, Square } from './picture.ts'
import type { Runtime } from './runtime.ts'

/** A face with its points. */
export interface SeenFace extends DetectedFace {
  readonly mesh: FaceMesh
}

/** The points of a head, and the person that they belong to. */
export interface SeenHead {
  readonly mesh: FaceMesh
  readonly person: PersonMask
}

/** What the engine sees in a picture. */
export interface Sight {
  /** All faces: the sitter's first, then the others, the largest first. */
  readonly faces: readonly SeenFace[]
  /** The sitter's; null without a face. */
  readonly head: SeenHead | null
}

/** Looks at pictures: faces, the points of the sitter's, the person. */
export interface FaceEngine {
  /** A picture by itself: every part of it is searched, so that small faces beside a large one are found; `glanced` is what a glance at it told already. */
  look(picture: Picture, glanced?: Sight): Promise<Sight>
  /** A picture of which it is known that a face fills much of it: only faces that are at least a fifth as wide as it are found. */
  glance(picture: Picture): Promise<Sight>
  /** The points of a head in the next picture of a film; null when it is not where it was. */
  follow(picture: Picture, before: FaceMesh): Promise<FaceMesh | null>
  /** Whether the one face in the next picture of a film is still `face`: nobody came to it, and nobody left. */
  isAlone(picture: Picture, face: DetectedFace): Promise<boolean>
  /** The person that a head belongs to. */
  personOf(picture: Picture, mesh: FaceMesh): Promise<PersonMask>
}

/** A face that the mesh does not take for one is a pattern; faces read 0.9999 and more. */
const leastMeshScore = 0.9
/** In parts of a picture, enlarged, many patterns look a little like faces: there the detector must be surer (faces 0.84 to 0.94, patterns up to 0.71). */
const leastPartScore = 0.78

/** Makes the models ready, in the order in which they are used. */
export async function openFaceEngine(runtime: Runtime, models: FaceModels): Promise<FaceEngine> {
  const detector = await runtime.load(models.detector, 1)
  const trunk = await runtime.load(models.meshTrunk, 1)
  const heads = await runtime.load(models.meshHeads, 3)
  const person = await runtime.load(models.person, 1)

  const meshOf = async (picture: Picture, face: DetectedFace) => {
    const first = await findMesh(trunk, heads, picture, squareOfFace(face))
    // The mesh's own square is steadier than the detector's.
    return first.score < leastMeshScore ? null : findMesh(trunk, heads, picture, squareOfMesh(first))
  }
  const personOf = (picture: Picture, mesh: FaceMesh) => findPerson(person, picture, squareOfHead(headGeometry(mesh)))
  /** Those of the faces that the detector found which the mesh takes for one too. */
  const seen = async (picture: Picture, found: readonly DetectedFace[]): Promise<readonly SeenFace[]> => {
    const faces: SeenFace[] = []
    for (const face of found) {
      const mesh = await meshOf(picture, face)
      if (mesh && mesh.score >= leastMeshScore) faces.push({ ...face, mesh })
    }
    return faces
  }
  const sightOf = async (picture: Picture, found: readonly SeenFace[], before: Sight['head']): Promise<Sight> => {
    const faces = sitterFirst(picture, found)
    const mesh = faces[0]?.mesh
    if (!mesh) return { faces, head: null }
    return { faces, head: before?.mesh === mesh ? before : { mesh, person: await personOf(picture, mesh) } }
  }
  const glance = async (picture: Picture) => sightOf(picture, await seen(picture, await detectFaces(detector, picture, wholeOf(picture))), null)
  return {
    glance,
    async look(picture, glanced) {
      const { faces, head } = glanced ?? (await glance(picture))
      const found: DetectedFace[] = []
      // Whoever is half as large is found in the quarters; a face that fills less than a tenth of the width only in the ninths.
      for (const parts of [2, 3]) {
        if (parts > 2 && faces.length + found.length > 0) break
        for (const square of squaresOf(picture, parts))
          found.push(...(await detectFaces(detector, picture, square)).filter(({ score }) => score >= leastPartScore))
      }
      const others = oneOfEach(found).filter((face) => !faces.some((known) => isSameFace(face, known)))
      return sightOf(picture, [...faces, ...(await seen(picture, others))], head)
    },
    async follow(picture, before) {
      const mesh = await findMesh(trunk, heads, picture, squareOfMesh(before))
      return mesh.score < leastMeshScore ? null : mesh
    },
    async isAlone(picture, face) {
      const [found, ...others] = await detectFaces(detector, picture, wholeOf(picture))
      return found !== undefined && others.length === 0 && isSameFace(found, face)
    },
    personOf,
  }
}

/** Where a sitter's face is meant to be, parts of the picture: the middle of the oval. */
const seat = { x: 1 / 2, y: 21 / 45 } as const

/**
 * The face that sits in the oval, then the others, the largest first: whoever holds an infant may be the larger face. One that is small beside the largest is
 * no sitter.
 */
function sitterFirst({ width, height }: Picture, found: readonly SeenFace[]): readonly SeenFace[] {
  const faces = [...found].sort((a, b) => areaOf(b) - areaOf(a))
  const fromSeat = ({ left, top, right, bottom }: DetectedFace) => Math.hypot((left + right) / 2 - seat.x * width, (top + bottom) / 2 - seat.y * height)
  const [sitter] = faces.filter((face) => countsBeside(face, faces[0]!)).sort((a, b) => fromSeat(a) - fromSeat(b))
  return sitter ? [sitter, ...faces.filter((face) => face !== sitter)] : []
}

const wholeOf = ({ width, height }: Picture): Square => ({ x: width / 2, y: height / 2, side: Math.max(width, height), turn: 0 })

/** Squares that cover a picture, each `1 / parts` of its longer side wide and overlapping its neighbours by half. */
function squaresOf({ width, height }: Picture, parts: number): readonly Square[] {
  const side = Math.max(width, height) / parts
  const starts = (length: number) => {
    const count = Math.max(1, Math.ceil((length - side) / (side / 2)) + 1)
    return Array.from({ length: count }, (_, index) => (count === 1 ? length / 2 : side / 2 + (index * (length - side)) / (count - 1)))
  }
  return starts(height).flatMap((y) => starts(width).map((x) => ({ x, y, side, turn: 0 })))
}
