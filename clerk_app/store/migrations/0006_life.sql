-- 0006 办件的一生: what happened on a case's way, and the day it is due by, for lists.
ALTER TABLE cases ADD COLUMN life JSON NOT NULL DEFAULT '{}';
ALTER TABLE cases ADD COLUMN due_on DATE;
-- Cases of before stand in the lists by the day their paper promises.
UPDATE cases SET due_on = json_extract(due, '$.promised')
    WHERE state IN ('accepted', 'to_authorise', 'with_department', 'granted', 'refused');
CREATE INDEX ix_cases_due ON cases (hall, state, due_on);

-- 群众一侧: where a ticket was sent on, first-asked records, complaints, follow-ups of bad ratings.
ALTER TABLE tickets ADD COLUMN forwards JSON NOT NULL DEFAULT '[]';
CREATE TABLE asked (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    number VARCHAR(12) NOT NULL,
    topic VARCHAR(40) NOT NULL,
    words TEXT NOT NULL,
    phone VARCHAR(20) NOT NULL,
    at VARCHAR(32) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    "window" INTEGER NOT NULL,
    led_to VARCHAR(60) NOT NULL,
    how VARCHAR(12) NOT NULL,
    closed_at VARCHAR(32),
    closed_by VARCHAR(16) NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_asked_open ON asked (hall, how, at);
CREATE INDEX ix_asked_at ON asked (hall, at);
CREATE TABLE complaints (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    via VARCHAR(12) NOT NULL,
    state VARCHAR(12) NOT NULL,
    words TEXT NOT NULL,
    name VARCHAR(60) NOT NULL,
    phone VARCHAR(20) NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    seen JSON NOT NULL,
    against JSON NOT NULL,
    windows JSON NOT NULL,
    received_at VARCHAR(32) NOT NULL,
    received_by VARCHAR(16) NOT NULL,
    received_window INTEGER NOT NULL,
    investigated JSON,
    disposed JSON,
    replied JSON,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_complaints_received ON complaints (hall, received_at);
CREATE TABLE follow_ups (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    level INTEGER NOT NULL,
    number VARCHAR(12) NOT NULL,
    clerk VARCHAR(16) NOT NULL,
    "window" INTEGER NOT NULL,
    rated_at VARCHAR(32) NOT NULL,
    state VARCHAR(12) NOT NULL,
    contacts JSON NOT NULL,
    fixed JSON,
    closed JSON,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_follow_ups_rated ON follow_ups (hall, rated_at);

-- What a case is found by: filled again from the cases, in slices, when the program comes up.
DROP INDEX ix_cases_state;
CREATE INDEX ix_cases_state ON cases (hall, state, received_at, id);
CREATE INDEX ix_cases_serial ON cases (hall, serial);
CREATE TABLE finding_keys (
    hall VARCHAR(16) NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (hall)
);
CREATE TABLE case_words (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    place BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_case_words_place ON case_words (hall, place);
CREATE INDEX ix_case_words_words ON case_words (words) WHERE words IS NULL;
CREATE VIRTUAL TABLE word_index USING fts5(words, content='case_words', content_rowid='place', detail='none', columnsize=0, tokenize='ascii');
CREATE TRIGGER case_words_added AFTER INSERT ON case_words BEGIN
    INSERT INTO word_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER case_words_changed AFTER UPDATE ON case_words WHEN old.words <> new.words OR old.place <> new.place BEGIN
    INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', old.place, old.words);
    INSERT INTO word_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER case_words_gone AFTER DELETE ON case_words BEGIN
    INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', old.place, old.words);
END;

CREATE TABLE external_matters (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    item VARCHAR(32) NOT NULL,
    outcome VARCHAR(12) NOT NULL,
    other_number VARCHAR(60) NOT NULL,
    promised_on DATE,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    "window" INTEGER NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_external_matters_at ON external_matters (hall, at);
CREATE INDEX ix_external_matters_ticket ON external_matters (hall, ticket);

-- 监察卡, and the indexes late seals and reports are read by.
CREATE TABLE cards (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    case_no VARCHAR(32) NOT NULL,
    item_name VARCHAR(120) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    rule VARCHAR(24) NOT NULL,
    reason TEXT NOT NULL,
    since DATE NOT NULL,
    due DATE,
    finish_by DATE,
    made_at VARCHAR(32) NOT NULL,
    made_by VARCHAR(16) NOT NULL,
    answer_by DATE NOT NULL,
    person VARCHAR(16) NOT NULL,
    post VARCHAR(16) NOT NULL,
    department VARCHAR(60) NOT NULL,
    "window" INTEGER NOT NULL,
    answers JSON NOT NULL,
    ended VARCHAR(12) NOT NULL,
    ended_by VARCHAR(16) NOT NULL,
    ended_at VARCHAR(32),
    why TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_cards_ended ON cards (hall, ended, made_at);
CREATE INDEX ix_cards_made ON cards (hall, made_at);
CREATE INDEX ix_cases_sealed ON cases (hall, sealed_at);
CREATE INDEX ix_cases_accepted ON cases (hall, accepted_at);

-- 文书: a case's papers as they were printed, which paper a seal was put on, why numbers were never used.
ALTER TABLE seal_uses ADD COLUMN document VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE number_blocks ADD COLUMN returned_by VARCHAR(36) NOT NULL DEFAULT '';
CREATE TABLE case_documents (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    paper VARCHAR(40) NOT NULL,
    sort VARCHAR(12) NOT NULL,
    document_no VARCHAR(60) NOT NULL,
    number_kind VARCHAR(40) NOT NULL,
    serial INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    pages INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    seal VARCHAR(16) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    "window" INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    flags JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_case_documents_case ON case_documents (hall, "case");
CREATE TABLE gap_notes (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    number_kind VARCHAR(40) NOT NULL,
    serials JSON NOT NULL,
    reason TEXT NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    "window" INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_gap_notes_kind ON gap_notes (hall, number_kind);
