-- The chronicle, version 1: what was read, what was coded, and the bytes that prove it.
-- doc/schema.md explains it. Dates are YYYY-MM-DD; an unknown value is NULL; offsets are bytes of the
-- UTF-8 of the text (in_title = 0) or the title (in_title = 1), end exclusive.

-- One use of the program on this chronicle.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,               -- ingest, recode, merge
    engine TEXT NOT NULL,                -- "nestor 0.1.0 en-2026.11-fast"
    started TEXT NOT NULL,
    finished TEXT                        -- NULL: under way, or interrupted
);

-- Level report: one article, wire item or page as received.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL,                -- the caller's id
    sha256 TEXT NOT NULL,                -- of the bytes as received
    source TEXT,                         -- outlet
    date TEXT,                           -- as received
    day TEXT AS (substr(date, 1, 10)) VIRTUAL,
    url TEXT, author TEXT, lang TEXT,
    file TEXT, line INTEGER,             -- where it was read
    bytes INTEGER NOT NULL,              -- of title and text
    text_sha256 TEXT NOT NULL,           -- of title, a NUL, and text
    mentions INTEGER NOT NULL,           -- how many were coded
    run INTEGER NOT NULL REFERENCES runs -- that coded it last
);
CREATE UNIQUE INDEX reports_same ON reports (sha256, ifnull(source, ''));
CREATE INDEX reports_report ON reports (report);
CREATE INDEX reports_source ON reports (source);
CREATE INDEX reports_day ON reports (day);
CREATE INDEX reports_run ON reports (run);

-- Texts, absent where only spans and hashes were to be kept.
CREATE TABLE texts (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    title TEXT,
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'texts', content_rowid = 'report',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.report, new.title, new.text);
END;
CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.report, old.title, old.text);
END;

-- Every place in a report that a record points at, with XXH3 of its bytes.
CREATE TABLE spans (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    in_title INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    hash INTEGER,                        -- NULL: forgotten
    PRIMARY KEY (report, in_title, start, "end")
) WITHOUT ROWID;

-- Who can be named: states, bodies, known persons. Private persons are never here.
CREATE TABLE actors (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                   -- person, else entity, else code
    code TEXT, entity TEXT, person TEXT, name TEXT, wikidata TEXT
);
CREATE UNIQUE INDEX actors_is
    ON actors (key, ifnull(code, ''), ifnull(entity, ''), ifnull(person, ''), ifnull(name, ''));
CREATE INDEX actors_code ON actors (code);

-- Level mention: one place in one report that says one act took place (or will, might, did not).
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    mention TEXT NOT NULL,               -- "m_..." the same in every version of the program
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    in_title INTEGER NOT NULL,           -- of sentence
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    mode TEXT, context TEXT,             -- words separated by spaces
    cameo TEXT, quad_code INTEGER, event_scale REAL, goldstein REAL,
    trigger_in_title INTEGER NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    date_start TEXT, date_end TEXT, date_precision TEXT, -- when the text says the act was
    date_in_title INTEGER, date_span_start INTEGER, date_span_end INTEGER,
    place TEXT, geonames INTEGER, country TEXT, lat REAL, lon REAL, place_precision TEXT,
    place_in_title INTEGER, place_start INTEGER, place_end INTEGER,
    confidence REAL,
    why TEXT,
    day TEXT                             -- date_start, else date_end, else the report's day: to sort by
);
CREATE INDEX mentions_mention ON mentions (mention);
CREATE INDEX mentions_report ON mentions (report);
CREATE INDEX mentions_type ON mentions (event_type, day);
CREATE INDEX mentions_day ON mentions (day);
CREATE INDEX mentions_place ON mentions (place COLLATE NOCASE) WHERE place IS NOT NULL;
CREATE INDEX mentions_country ON mentions (country) WHERE country IS NOT NULL;
CREATE INDEX mentions_confidence ON mentions (confidence);

-- Level claim: a mention with how it is said; the links below say by whom.
CREATE TABLE claims (
    mention INTEGER PRIMARY KEY REFERENCES mentions ON DELETE CASCADE,
    modality TEXT NOT NULL,
    stance TEXT                          -- of the nearest speaker; NULL: the report's own voice
);
CREATE INDEX claims_modality ON claims (modality);

-- A figure about relations that is no act.
CREATE TABLE indicators (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,             -- "i_..."
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    in_title INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    measure TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- level, change, share, count
    period_start TEXT, period_end TEXT, period_precision TEXT,
    period_in_title INTEGER, period_span_start INTEGER, period_span_end INTEGER,
    compared_start TEXT, compared_end TEXT, compared_precision TEXT,
    compared_in_title INTEGER, compared_span_start INTEGER, compared_span_end INTEGER
);
CREATE INDEX indicators_indicator ON indicators (indicator);
CREATE INDEX indicators_report ON indicators (report);

-- Who: the actors and recipients of a mention, the speakers of its claim, the parties of an indicator.
-- The words themselves stand in the text; so does a name that no actor file knows.
CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    mention INTEGER REFERENCES mentions ON DELETE CASCADE,
    indicator INTEGER REFERENCES indicators ON DELETE CASCADE,
    part TEXT NOT NULL,                  -- actor, recipient, speaker, between
    seq INTEGER NOT NULL,                -- place in the list; for a speaker, that of its link
    in_title INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    from_context INTEGER NOT NULL,
    actor INTEGER REFERENCES actors,     -- NULL: nobody that has an id
    coded INTEGER REFERENCES actors,     -- before a user's correction; equals actor without one
    named INTEGER NOT NULL,              -- 1: called by the actor's name
    name_in_title INTEGER, name_start INTEGER, name_end INTEGER, -- called by a name that the text gives
    title TEXT, sector TEXT, role TEXT, count REAL, anachronism INTEGER NOT NULL
);
CREATE INDEX members_mention ON members (mention) WHERE mention IS NOT NULL;
CREATE INDEX members_indicator ON members (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX members_actor ON members (actor, part, mention);
CREATE INDEX members_coded ON members (coded);

-- Outlets and agencies.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Who says so, from the nearest speaker (seq 0) outwards.
CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    mention INTEGER REFERENCES claims ON DELETE CASCADE,
    indicator INTEGER REFERENCES indicators ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,                  -- speaker (its words are in members), agency, outlet
    source INTEGER REFERENCES sources,   -- of agency and outlet
    in_title INTEGER, start INTEGER, "end" INTEGER, -- where an agency is named
    stance TEXT,
    cue_in_title INTEGER, cue_start INTEGER, cue_end INTEGER,
    quoted INTEGER, anonymous INTEGER,
    date_start TEXT, date_end TEXT, date_precision TEXT, -- of the saying
    date_in_title INTEGER, date_span_start INTEGER, date_span_end INTEGER
);
CREATE INDEX links_mention ON links (mention) WHERE mention IS NOT NULL;
CREATE INDEX links_indicator ON links (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX links_source ON links (source, mention) WHERE source IS NOT NULL;

-- How much: figures of mentions and of indicators.
CREATE TABLE numbers (
    id INTEGER PRIMARY KEY,
    mention INTEGER REFERENCES mentions ON DELETE CASCADE,
    indicator INTEGER REFERENCES indicators ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    in_title INTEGER, start INTEGER, "end" INTEGER,
    value REAL, low REAL, high REAL, unit TEXT, currency TEXT,
    converted REAL, converted_currency TEXT,
    converted_in_title INTEGER, converted_start INTEGER, converted_end INTEGER,
    bound TEXT, role TEXT
);
CREATE INDEX numbers_mention ON numbers (mention) WHERE mention IS NOT NULL;
CREATE INDEX numbers_indicator ON numbers (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX numbers_role ON numbers (role, value);

-- What became of every report that was read, run by run.
CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    outcome TEXT NOT NULL CHECK (outcome IN ('coded', 'duplicate', 'skipped', 'rejected')),
    report INTEGER REFERENCES reports ON DELETE SET NULL, -- coded: the report; duplicate: of which
    name TEXT,                           -- the id it came with, if it is not a report here
    file TEXT, line INTEGER, byte INTEGER,
    mentions INTEGER,
    why TEXT
);
CREATE INDEX outcomes_run ON outcomes (run);
CREATE INDEX outcomes_report ON outcomes (report);
CREATE INDEX outcomes_bad ON outcomes (outcome) WHERE outcome IN ('skipped', 'rejected');
