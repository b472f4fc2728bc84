import applicationCode from './data/application-code.json' with { type: 'json' }
import closedDays from './data/closed-days.json' with { type: 'json' }
import conflicts from './data/conflicts.json' with { type: 'json' }
import edition from './data/edition.json' with { type: 'json' }
import japan from './data/japan.json' with { type: 'json' }
import sources from './data/sources.json' with { type: 'json' }
import taiwanCitizens from './data/taiwan-citizens.json' with { type: 'json' }
import taiwanForeigners from './data/taiwan-foreigners.json' with { type: 'json' }
import { readRulebook, type Rulebook } from './rulebook.ts'

/** The rulebook of this release as it is written: what a vendor changes and signs. */
export const builtInContent = { ...edition, sources, conflicts, groups: [japan, taiwanForeigners, taiwanCitizens], closedDays, applicationCode }

const read = readRulebook(builtInContent)
if (!read.ok) throw new Error(read.problems.map(({ path, reason }) => `${path}: ${reason}`).join('\n'))

/** The rulebook of this release: a booth runs on it until it is given a newer one. */
export const builtInRulebook: Rulebook = read.rulebook
