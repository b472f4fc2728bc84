import type { Measures } from './measure.ts'

/**
 * How ISO/IEC 29794-5 makes the value of a quality component, 0 to 100, out of its native score: all 28 of its reference implementation (BSI OFIQ 1.0.3, MIT).
 * Which of the native scores are measured here, `qualityOf` says. The values are reports beside the booth's own checks, which are stricter: a closed eye still reads
 * 58 there.
 */
export const qualityComponents = {
  UnifiedQualityScore: (norm) => 100 * sigmoid(norm, 23, 2.6),
  BackgroundUniformity: (gradient) => 190 * (1 - sigmoid(gradient, 10, 100)),
  IlluminationUniformity: (overlap) => 100 * overlap ** 0.3,
  LuminanceMean: (mean) => 100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05)),
  LuminanceVariance: (variance) => 100 * Math.sin((Math.PI * 60 * variance) / (60 * variance + 1)),
  UnderExposurePrevention: (part) => 120 * (0.832 - sigmoid(part, 0.92, 0.05)),
  OverExposurePrevention: (part) => 1 / (part + 0.01),
  DynamicRange: (bits) => 12.5 * bits,
  Sharpness: (score) => -14 + 115 * sigmoid(score, -20, 15),
  CompressionArtifacts: (score) => -0.0278 + 103 * sigmoid(score, 0.3308, 0.092),
  NaturalColour: (distance) => 200 * (1 - sigmoid(distance, 0, 10)),
  SingleFacePresent: (secondFace) => 100 * (1 - secondFace),
  EyesOpen: (lidGap) => 100 * sigmoid(lidGap, 0.02, 0.01),
  MouthClosed: (lipGap) => 100 * (1 - sigmoid(lipGap, 0.2, 0.06)),
  EyesVisible: (occluded) => 100 * (1 - occluded),
  MouthOcclusionPrevention: (occluded) => 100 * (1 - occluded),
  FaceOcclusionPrevention: (occluded) => 100 * (1 - occluded),
  InterEyeDistance: (pixels) => 100 * sigmoid(pixels, 70, 20),
  HeadSize: (part) => 200 * (1 - sigmoid(Math.abs(part - 0.45), 0, 0.05)),
  LeftwardCropOfTheFaceImage: (distances) => 100 * sigmoid(distances, 0.9, 0.1),
  RightwardCropOfTheFaceImage: (distances) => 100 * sigmoid(distances, 0.9, 0.1),
  MarginAboveOfTheFaceImage: (parts) => 100 * sigmoid(parts, 1.4, 0.1),
  MarginBelowOfTheFaceImage: (parts) => 100 * sigmoid(parts, 1.8, 0.1),
  HeadPoseYaw: (degrees) => 100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2,
  HeadPosePitch: (degrees) => 100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2,
  HeadPoseRoll: (degrees) => 100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2,
  ExpressionNeutrality: (score) => 100 * sigmoid(score, -5000, 5000),
  NoHeadCoverings: (part) => (100 * (covering(0.95) - covering(Math.min(0.95, part)))) / (covering(0.95) - covering(0)),
} as const satisfies Record<string, (native: number) => number>

export type QualityComponent = keyof typeof qualityComponents

/** The value of a component, 0 to 100, from its native score. */
export function qualityValue(component: QualityComponent, native: number): number {
  return Math.min(100, Math.max(0, Math.round(qualityComponents[component](native))))
}

/** The components whose native score is measured here. */
export const measuredComponents = [
  ...(['SingleFacePresent', 'EyesOpen', 'MouthClosed', 'InterEyeDistance', 'HeadSize'] as const),
  ...(['LeftwardCropOfTheFaceImage', 'RightwardCropOfTheFaceImage', 'MarginAboveOfTheFaceImage', 'MarginBelowOfTheFaceImage'] as const),
  ...(['HeadPoseYaw', 'HeadPosePitch', 'HeadPoseRoll'] as const),
] as const satisfies readonly QualityComponent[]
export type MeasuredComponent = (typeof measuredComponents)[number]

/**
 * The values of the components whose native score the measurements hold as the reference implementation defines it, of the picture as a whole; null without a face.
 * The points are this engine's own (an eye is where its iris is, and how far it is open the mean of three gaps, of which the reference takes the largest). Light,
 * colour and background are none of them: the reference measures linear luminances and other parts of the face, so that the same number means something else.
 */
export function qualityOf({ width, height, secondFace, sourceScale, head }: Measures): Readonly<Record<MeasuredComponent, number>> | null {
  if (!head) return null
  const { eyes, eyeMiddle, eyeDistance, t, roll, yaw, pitch, lidGap, mouthGap } = head.geometry
  const natives: Readonly<Record<MeasuredComponent, number>> = {
    SingleFacePresent: secondFace,
    EyesOpen: lidGap,
    MouthClosed: mouthGap,
    InterEyeDistance: (eyeDistance * sourceScale) / Math.cos((yaw * Math.PI) / 180),
    HeadSize: t / height,
    LeftwardCropOfTheFaceImage: eyes[0].x / eyeDistance,
    RightwardCropOfTheFaceImage: (width - eyes[1].x) / eyeDistance,
    MarginAboveOfTheFaceImage: eyeMiddle.y / t,
    MarginBelowOfTheFaceImage: (height - eyeMiddle.y) / t,
    HeadPoseYaw: yaw,
    HeadPosePitch: pitch,
    HeadPoseRoll: roll,
  }
  const values = measuredComponents.map((component) => [component, qualityValue(component, natives[component])] as const)
  return Object.fromEntries(values) as Readonly<Record<MeasuredComponent, number>>
}

const covering = (part: number) => sigmoid(part, 0.02, 0.1)

function sigmoid(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp((x0 - x) / w))
}
