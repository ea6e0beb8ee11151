-- The chronicle, version 2: what users say about mentions, and what they want forgotten.

-- A user's word on a mention. It hangs on the mention's id and is applied again after every coding.
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('right', 'wrong', 'merge', 'split', 'actor')),
    mention TEXT NOT NULL,               -- "m_..."
    other TEXT,                          -- merge, split: the other mention
    part TEXT, seq INTEGER,              -- actor: which member
    actor TEXT,                          -- actor: the right one's id
    note TEXT
);
CREATE INDEX verdicts_mention ON verdicts (mention);
CREATE INDEX verdicts_other ON verdicts (other) WHERE other IS NOT NULL;

-- The standing verdict: 'right', 'wrong' or NULL.
ALTER TABLE mentions ADD COLUMN verdict TEXT;
CREATE INDEX mentions_verdict ON mentions (verdict) WHERE verdict IS NOT NULL;

-- What was removed on request, so that it does not come back.
CREATE TABLE tombstones (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'person')),
    hash TEXT NOT NULL,                  -- report: its sha256; person: salted SHA-256 of the name's words
    salt TEXT,                           -- person
    words INTEGER,                       -- person: how many words the name has
    source TEXT,                         -- report: its outlet
    reason TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE INDEX tombstones_hash ON tombstones (hash);
