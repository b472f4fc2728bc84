/**
 * Quality components of ISO/IEC 29794-5 as its reference implementation computes them from their native scores (BSI OFIQ 1.0.3, MIT): whole numbers
 * from 0 to 100. They are reports beside the booth's own checks, which are stricter: a closed eye still reads 58 there.
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

const covering = (part: number) => sigmoid(part, 0.02, 0.1)

function sigmoid(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp((x0 - x) / w))
}
