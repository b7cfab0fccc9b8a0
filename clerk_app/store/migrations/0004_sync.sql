-- 0004 同步: holds with fences, the duty manager's tasks, what people settled, cuts, day closes, attachments, incarnations.

ALTER TABLE cases ADD COLUMN void JSON;

ALTER TABLE cases ADD COLUMN late_entry JSON;

ALTER TABLE holds ADD COLUMN fence BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE holds ADD COLUMN until VARCHAR(32);

ALTER TABLE number_blocks ADD COLUMN returned_from INTEGER;

ALTER TABLE parked ADD COLUMN fence BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE hall_versions ADD COLUMN loaded_at VARCHAR(32);

CREATE INDEX ix_papers_subject ON papers (hall, subject);

ALTER TABLE sign_ins ADD COLUMN at VARCHAR(32);

CREATE INDEX ix_sign_ins_person ON sign_ins (hall, person, ended);

DROP TRIGGER journal_no_update;

ALTER TABLE journal ADD COLUMN device_seq INTEGER DEFAULT '0' NOT NULL;

UPDATE journal SET device_seq = seq;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;

CREATE TABLE tasks (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(48) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    subject VARCHAR(48) NOT NULL,
    command VARCHAR(36) NOT NULL,
    window INTEGER NOT NULL,
    words TEXT NOT NULL,
    made_at VARCHAR(32) NOT NULL,
    made_by VARCHAR(16) NOT NULL,
    closed_at VARCHAR(32),
    closed_by VARCHAR(16) NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_tasks_open ON tasks (hall, closed_by, made_at);

CREATE INDEX ix_tasks_command ON tasks (hall, command);

CREATE TABLE settlements (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    how VARCHAR(12) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    note TEXT NOT NULL,
    replaced_by VARCHAR(36) NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE TABLE cuts (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    device VARCHAR(36) NOT NULL,
    window INTEGER NOT NULL,
    start VARCHAR(32) NOT NULL,
    "end" VARCHAR(32) NOT NULL,
    acts INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_cuts_start ON cuts (hall, start);

CREATE TABLE day_closes (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(48) NOT NULL,
    device VARCHAR(36) NOT NULL,
    window INTEGER NOT NULL,
    day DATE NOT NULL,
    rows INTEGER NOT NULL,
    head VARCHAR(64) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_day_closes_day ON day_closes (hall, day);

CREATE TABLE attachments (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    name VARCHAR(120) NOT NULL,
    media VARCHAR(60) NOT NULL,
    size INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_attachments_case ON attachments (hall, "case");

CREATE TABLE hold_breaks (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    subject VARCHAR(48) NOT NULL,
    reason TEXT NOT NULL,
    asked_by VARCHAR(16) NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    agreed_by VARCHAR(16) NOT NULL,
    agreed_at VARCHAR(32),
    PRIMARY KEY (hall, id)
);

CREATE TABLE fetched_back (
    incarnation INTEGER NOT NULL,
    device_seq INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    envelope BLOB NOT NULL,
    state VARCHAR(12) NOT NULL,
    PRIMARY KEY (incarnation, device_seq)
);

CREATE TABLE release_codes (
    subject VARCHAR(48) NOT NULL,
    fence BIGINT NOT NULL,
    code VARCHAR(12) NOT NULL,
    PRIMARY KEY (subject)
);

CREATE TABLE blobs (
    digest VARCHAR(64) NOT NULL,
    size BIGINT NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    kept_at VARCHAR(32) NOT NULL,
    state VARCHAR(12) NOT NULL,
    url VARCHAR(200) NOT NULL,
    sent BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at FLOAT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (digest)
);

-- Finished pages kept before there was an uploader are sent too.
INSERT INTO blobs (digest, size, "case", kept_at, state, url, sent, attempts, next_at, said)
SELECT digest, length(content), "case", made_at, 'kept', '', 0, 0, 0, '' FROM documents;

CREATE INDEX ix_blobs_state ON blobs (state, next_at);
