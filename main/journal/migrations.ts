import type { DatabaseSync } from 'node:sqlite'

/** Marks the file as a Cardbooth journal (SQLite's `application_id`): "CBJ1". */
export const journalApplicationId = 0x43424a31

/**
 * The schema, version by version. A version that has been released is never changed; the next one goes below it. Each runs in one transaction
 * with its number, so that a power cut leaves the old or the new one.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    visit TEXT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_of_visit ON journal (visit, seq) WHERE visit IS NOT NULL;
  CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;

  CREATE TABLE signed_head (
    seq INTEGER PRIMARY KEY REFERENCES journal (seq),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('midnight', 'collection', 'stop')),
    booth_key TEXT NOT NULL,
    signature TEXT NOT NULL
  ) STRICT;

  CREATE TABLE visit (
    visit TEXT PRIMARY KEY,
    service TEXT,
    language TEXT NOT NULL,
    outcome TEXT,
    currency TEXT,
    inserted INTEGER NOT NULL DEFAULT 0,
    credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
    parked INTEGER NOT NULL DEFAULT 0 CHECK (parked >= 0),
    earned INTEGER NOT NULL DEFAULT 0 CHECK (earned >= 0),
    owed INTEGER NOT NULL DEFAULT 0 CHECK (owed >= 0),
    CHECK (inserted = credit + parked + earned + owed)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX one_open_visit ON visit ((outcome IS NULL)) WHERE outcome IS NULL;

  CREATE TABLE device_cursor (
    serial TEXT PRIMARY KEY,
    counter INTEGER NOT NULL,
    results TEXT NOT NULL,
    ordinal INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE coin_event (
    serial TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (serial, ordinal)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE application (
    key TEXT PRIMARY KEY,
    visit TEXT NOT NULL REFERENCES visit (visit),
    item INTEGER NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    status TEXT NOT NULL CHECK (status IN ('confirmed', 'not-queued', 'waiting', 'received', 'refused', 'parked')),
    queued_seq INTEGER,
    queued_at INTEGER,
    service TEXT,
    number TEXT,
    code TEXT,
    file TEXT,
    sha256 TEXT,
    office TEXT,
    confirmed_at TEXT,
    reason TEXT,
    received_at TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX application_of_visit ON application (visit, item);
  CREATE INDEX application_by_status ON application (status, queued_seq);

  CREATE TABLE claim (
    number TEXT NOT NULL,
    code TEXT NOT NULL,
    visit TEXT NOT NULL REFERENCES visit (visit),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (number, code)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claim_of_visit ON claim (visit, seq);

  CREATE TABLE number_refused (
    day TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Hoppers and the till: money can be on its way out of a hopper, and returned.
  `
  CREATE TABLE visit_with_payouts (
    visit TEXT PRIMARY KEY,
    service TEXT,
    language TEXT NOT NULL,
    outcome TEXT,
    currency TEXT,
    inserted INTEGER NOT NULL DEFAULT 0,
    credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
    parked INTEGER NOT NULL DEFAULT 0 CHECK (parked >= 0),
    earned INTEGER NOT NULL DEFAULT 0 CHECK (earned >= 0),
    owed INTEGER NOT NULL DEFAULT 0 CHECK (owed >= 0),
    paying INTEGER NOT NULL DEFAULT 0 CHECK (paying >= 0),
    returned INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0),
    CHECK (inserted = credit + parked + earned + owed + paying + returned)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO visit_with_payouts (visit, service, language, outcome, currency, inserted, credit, parked, earned, owed)
    SELECT visit, service, language, outcome, currency, inserted, credit, parked, earned, owed FROM visit;
  DROP TABLE visit;
  ALTER TABLE visit_with_payouts RENAME TO visit;
  CREATE UNIQUE INDEX one_open_visit ON visit ((outcome IS NULL)) WHERE outcome IS NULL;

  CREATE TABLE payout (
    id TEXT PRIMARY KEY,
    visit TEXT NOT NULL REFERENCES visit (visit),
    serial TEXT NOT NULL,
    coin TEXT NOT NULL,
    coins INTEGER NOT NULL CHECK (coins BETWEEN 1 AND 255),
    value INTEGER NOT NULL CHECK (value > 0),
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    counter_before INTEGER NOT NULL,
    total_before INTEGER,
    number TEXT,
    code TEXT,
    paid INTEGER,
    alarm TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payout_of_visit ON payout (visit);
  CREATE INDEX open_payout ON payout (id) WHERE paid IS NULL;

  CREATE TABLE hopper (
    serial TEXT PRIMARY KEY,
    total INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE till (
    place TEXT NOT NULL,
    id TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value > 0),
    currency TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (place, id, value)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE till_counter (
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    ever INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (name, currency)
  ) STRICT, WITHOUT ROWID;

  -- What fell before there was a till lies in the cash box.
  INSERT INTO till (place, id, value, currency, count)
    SELECT 'box', body ->> '$.id', body ->> '$.value', max(body ->> '$.currency'), count(*) FROM journal WHERE kind = 'coin-credited' GROUP BY 2, 3;
  INSERT INTO till_counter (name, currency, ever, since)
    SELECT 'coins-in', body ->> '$.currency', sum(body ->> '$.value'), sum(body ->> '$.value') FROM journal WHERE kind = 'coin-credited' GROUP BY 2;
  INSERT INTO till_counter (name, currency, ever, since)
    SELECT 'coins-to-box', currency, ever, since FROM till_counter WHERE name = 'coins-in';
  INSERT INTO till_counter (name, currency, ever, since)
    SELECT 'sales', visit.currency, sum(application.price), sum(application.price) FROM application JOIN visit USING (visit)
    WHERE application.status = 'received' AND visit.currency IS NOT NULL GROUP BY 2;
  INSERT INTO till_counter (name, currency, ever, since)
    SELECT 'sales-number', visit.currency, count(*), count(*) FROM application JOIN visit USING (visit)
    WHERE application.status = 'received' AND visit.currency IS NOT NULL GROUP BY 2;
  INSERT INTO till_counter (name, currency, ever, since)
    SELECT 'claims', currency, sum(amount), sum(amount) FROM claim GROUP BY 2;
  `,
  // Notes, and claims that staff paid.
  `
  CREATE TABLE note_cursor (
    serial TEXT PRIMARY KEY,
    cursor TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE note_event (
    serial TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (serial, ordinal)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE claim ADD COLUMN redeemed_seq INTEGER REFERENCES journal (seq);
  `,
  // What each start asks about staff, without walking through everything that residents did.
  `
  CREATE INDEX journal_of_staff ON journal (seq)
    WHERE kind IN ('staff-tried', 'staff-signed-in', 'staff-signed-out', 'booth-closed', 'booth-opened', 'recovery');
  `,
  // What each start asks about commands of the operator's centre.
  `
  CREATE INDEX journal_of_centre ON journal (seq) WHERE kind = 'remote-command';
  `,
  // What each start asks about the acceptor's own counters.
  `
  CREATE INDEX journal_of_counters ON journal (seq) WHERE kind = 'acceptor-counted';
  `,
  // What each look at the till asks: when it was counted, and what hoppers paid beside the books.
  `
  CREATE INDEX journal_of_till ON journal (seq) WHERE kind IN ('hopper-seen', 'till-collected', 'cash-box-moved');
  `,
  // What each start asks about the devices that were there.
  `
  CREATE INDEX journal_of_devices ON journal (seq) WHERE kind = 'device-seen';
  `,
  // What each start asks about the packs and rulebooks that were in force.
  `
  CREATE INDEX journal_of_editions ON journal (seq) WHERE kind = 'edition-in-force';
  `,
]

export type Migrated = { readonly ok: true } | { readonly ok: false; readonly reason: 'not-a-journal' | 'newer'; readonly detail: string }

/** Brings the file to the newest version (or to `to`, for a file of an older program), forward only; a file of a newer program or of another one is left as it is. */
export function migrate(database: DatabaseSync, to = migrations.length): Migrated {
  const applicationId = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  const isEmpty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (applicationId !== journalApplicationId && !(isEmpty && version === 0))
    return { ok: false, reason: 'not-a-journal', detail: 'another program made this file' }
  if (version > migrations.length)
    return { ok: false, reason: 'newer', detail: `schema ${version} of a newer program; this one knows ${migrations.length}` }
  if (version === to) return { ok: true }
  // A table that others point to can be built anew only while nobody checks that (sqlite.org/lang_altertable.html, 7).
  const held = pragma(database, 'foreign_keys')
  database.exec('PRAGMA foreign_keys = 0')
  migrations.slice(version, to).forEach((statements, index) => {
    database.exec(
      `BEGIN IMMEDIATE; PRAGMA application_id = ${journalApplicationId}; PRAGMA user_version = ${version + index + 1}; ${statements}; COMMIT`,
    )
  })
  database.exec(`PRAGMA foreign_keys = ${held}`)
  return { ok: true }
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0])
}
