/** Every check of a photo, in the order in which its instruction comes first. */
export const checkIds = [
  'one-face',
  'cut-off',
  'source-size',
  'window',
  'crown',
  'roll',
  'yaw',
  'pitch',
  'dark-glasses',
  'eyes-covered',
  'mouth-covered',
  'eyes',
  'mouth',
  'too-dark',
  'too-bright',
  'over-exposed',
  'face-shadow',
  'colour',
  'shades',
  'background',
  'background-light',
  'sharpness',
] as const
export type CheckId = (typeof checkIds)[number]

/**
 * What is asked of somebody before the camera beside the photo's checks: a finished photo may be cut out of any part of a still, and no still knows how far
 * somebody's eyes were open a second ago.
 */
export const liveIds = ['head-size', 'aside', 'own-eyes'] as const
export type LiveId = (typeof liveIds)[number]

/** Their limits: the head's height through the picture's, the middle of the face from the picture's middle through its width, the lids' gap through its own largest. */
export const defaultLiveLimits: Readonly<Record<LiveId, number>> = { 'head-size': 0.45, aside: 0.08, 'own-eyes': 0.6 }

/** The limit of each check, in the unit of its value; a site may set its own. */
export type Thresholds = Readonly<Record<CheckId, number>>

/** First values, tried on two real faces and what was made of them; none of them was tried on the people of a town. */
export const defaultThresholds: Thresholds = {
  'one-face': 1,
  'cut-off': 0,
  'source-size': 90,
  window: 0,
  crown: 1,
  roll: 8,
  yaw: 8,
  pitch: 15,
  'dark-glasses': 0.45,
  'eyes-covered': 0.5,
  'mouth-covered': 0.3,
  eyes: 0.14,
  mouth: 0.05,
  'too-dark': 0.35,
  'too-bright': 0.8,
  'over-exposed': 0.05,
  'face-shadow': 0.75,
  colour: 10,
  shades: 4.2,
  background: 10,
  'background-light': 70,
  sharpness: 40,
}
