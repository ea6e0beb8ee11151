-- The chronicle, version 3: who says what, also where no act is coded.

-- Level attribution: one source, one cue, and what is said.
CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    stance TEXT NOT NULL,
    cue_in_title INTEGER, cue_start INTEGER, cue_end INTEGER, -- NULL: quotation marks alone
    quoted INTEGER NOT NULL,
    anonymous INTEGER
);
CREATE INDEX attributions_report ON attributions (report, cue_start);

-- What is said, piece by piece.
CREATE TABLE contents (
    attribution INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    in_title INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (attribution, seq)
) WITHOUT ROWID;

-- Who says it (part source) and whom the content names (part about) are members like others.
ALTER TABLE members ADD COLUMN attribution INTEGER REFERENCES attributions ON DELETE CASCADE;
CREATE INDEX members_attribution ON members (attribution) WHERE attribution IS NOT NULL;

-- How many attributions were kept; NULL: coded before they were ('nestor ingest --recode').
ALTER TABLE reports ADD COLUMN attributions INTEGER;
