/**
 * Cuts a part out of a model in the TFLite format (a flatbuffer, schema version 3), in memory: the operators that `outputs` need when `inputs` are given,
 * both as numbers of tensors. In front of the unchanged bytes comes a new root with one new subgraph; offsets of a flatbuffer only point forward, so that
 * everything else may stay where it is.
 */
export function cutModel(model: Uint8Array, inputs: readonly number[], outputs: readonly number[]): Uint8Array<ArrayBuffer> {
  const from = new DataView(model.buffer, model.byteOffset, model.byteLength)
  const follow = (at: number) => at + from.getUint32(at, true)
  /** Where a field of a table stands; throws where it is not set. */
  const field = (table: number, index: number) => {
    const vtable = table - from.getInt32(table, true)
    const offset = from.getUint16(vtable + 4 + 2 * index, true)
    if (offset === 0) throw new Error('a model without what every model has')
    return table + offset
  }
  const numbers = (vector: number) => Array.from({ length: from.getUint32(vector, true) }, (_, index) => from.getInt32(vector + 4 + 4 * index, true))
  const root = follow(0)
  const subgraph = follow(follow(field(root, modelField.subgraphs)) + 4)
  const operators = follow(field(subgraph, subgraphField.operators))

  const wanted = new Set(outputs)
  const needed: number[] = []
  for (let index = from.getUint32(operators, true) - 1; index >= 0; index -= 1) {
    const operator = follow(operators + 4 + 4 * index)
    if (!numbers(follow(field(operator, operatorField.outputs))).some((tensor) => wanted.has(tensor) && !inputs.includes(tensor))) continue
    needed.unshift(operator)
    for (const tensor of numbers(follow(field(operator, operatorField.inputs)))) wanted.add(tensor)
  }

  const words: number[] = []
  const bytesOfHead = 16 * Math.ceil((headWords + inputs.length + outputs.length + needed.length) / 4)
  /** An offset to something in the old bytes, or in the new ones. */
  const toOld = (target: number) => words.push(bytesOfHead + target - 4 * words.length)
  const toNew = (word: number) => words.push(4 * (word - words.length))
  const vectorsAt = headWords - 3
  // Root offset and file identifier; then two tables, each with its vtable in front: five and four fields, of two bytes each.
  words.push(4 * 6, identifier)
  words.push(14 | (20 << 16), 4 | (8 << 16), 12 | (0 << 16), 16)
  words.push(16, 3)
  toOld(follow(field(root, modelField.operatorCodes)))
  toNew(11)
  toOld(follow(field(root, modelField.buffers)))
  words.push(1)
  toNew(16)
  words.push(12 | (20 << 16), 4 | (8 << 16), 12 | (16 << 16))
  words.push(12)
  toOld(follow(field(subgraph, subgraphField.tensors)))
  toNew(vectorsAt)
  toNew(vectorsAt + 1 + inputs.length)
  toNew(vectorsAt + 2 + inputs.length + outputs.length)
  words.push(inputs.length, ...inputs, outputs.length, ...outputs, needed.length)
  for (const operator of needed) toOld(operator)

  const cut = new Uint8Array(bytesOfHead + model.length)
  new Uint32Array(cut.buffer, 0, words.length).set(words)
  cut.set(model, bytesOfHead)
  return cut
}

/** `TFL3` as a little-endian word. */
const identifier = 0x334c4654

/** Words of the new head without its three vectors' contents. */
const headWords = 24

/** Numbers of fields in the schema. */
const modelField = { operatorCodes: 1, subgraphs: 2, buffers: 4 } as const
const subgraphField = { tensors: 0, operators: 3 } as const
const operatorField = { inputs: 1, outputs: 2 } as const
