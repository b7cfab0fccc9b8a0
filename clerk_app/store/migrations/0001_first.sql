-- 0001 建库: the shared tables, the client's own, and the journal's append-only triggers.

CREATE TABLE cases (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    item VARCHAR(32) NOT NULL,
    item_name VARCHAR(120) NOT NULL,
    hall_version VARCHAR(64) NOT NULL,
    department VARCHAR(16) NOT NULL,
    applicant JSON NOT NULL,
    materials JSON NOT NULL,
    state VARCHAR(16) NOT NULL,
    received_at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    handler VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16),
    query_code VARCHAR(12) NOT NULL,
    case_no VARCHAR(32) NOT NULL,
    serial INTEGER NOT NULL,
    accepted_at VARCHAR(32),
    due JSON,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_cases_received ON cases (hall, received_at);

CREATE INDEX ix_cases_ticket ON cases (hall, ticket);

CREATE UNIQUE INDEX uq_cases_number ON cases (hall, case_no) WHERE case_no <> '';

CREATE TABLE hall_versions (
    hall VARCHAR(16) NOT NULL,
    version VARCHAR(64) NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (hall, version)
);

CREATE TABLE holds (
    hall VARCHAR(16) NOT NULL,
    subject VARCHAR(48) NOT NULL,
    device VARCHAR(36) NOT NULL,
    PRIMARY KEY (hall, subject)
);

CREATE TABLE number_blocks (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    device VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_number_blocks_kind ON number_blocks (hall, kind);

CREATE TABLE numbers_used (
    hall VARCHAR(16) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    serial INTEGER NOT NULL,
    command VARCHAR(36) NOT NULL,
    PRIMARY KEY (hall, kind, serial)
);

CREATE TABLE papers (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    doc_type VARCHAR(24) NOT NULL,
    doc_no VARCHAR(40) NOT NULL,
    copy_no INTEGER NOT NULL,
    subject VARCHAR(48) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    outcome VARCHAR(12) NOT NULL,
    at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE TABLE sign_ins (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    person VARCHAR(16) NOT NULL,
    window INTEGER NOT NULL,
    post VARCHAR(16) NOT NULL,
    online BOOLEAN NOT NULL,
    ended BOOLEAN NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE TABLE tickets (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    letter VARCHAR(4) NOT NULL,
    number VARCHAR(12) NOT NULL,
    serial INTEGER NOT NULL,
    reserve BOOLEAN NOT NULL,
    taken_at VARCHAR(32) NOT NULL,
    taken_window INTEGER NOT NULL,
    priority VARCHAR(24) NOT NULL,
    state VARCHAR(12) NOT NULL,
    window INTEGER,
    calls INTEGER NOT NULL,
    called_at VARCHAR(32),
    served_at VARCHAR(32),
    ended_at VARCHAR(32),
    clerk VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id),
    CONSTRAINT uq_tickets_number UNIQUE (hall, day, number)
);

CREATE INDEX ix_tickets_queue ON tickets (hall, day, letter, state);

CREATE UNIQUE INDEX uq_tickets_open_call ON tickets (hall, day, window) WHERE state IN ('called', 'serving');

CREATE TABLE credentials (
    person VARCHAR(16) NOT NULL,
    verifier TEXT NOT NULL,
    wrapped_key BLOB NOT NULL,
    online_at VARCHAR(32) NOT NULL,
    failures INTEGER NOT NULL,
    locked_until FLOAT NOT NULL,
    PRIMARY KEY (person)
);

CREATE TABLE journal (
    seq INTEGER NOT NULL,
    device VARCHAR(36) NOT NULL,
    incarnation INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    fact INTEGER NOT NULL,
    subjects TEXT NOT NULL,
    actor VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    envelope BLOB NOT NULL,
    hash VARCHAR(64) NOT NULL,
    signature VARCHAR(120) NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE TABLE meta (
    "key" VARCHAR(40) NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE parked (
    subject VARCHAR(48) NOT NULL,
    seq BIGINT NOT NULL,
    "row" TEXT NOT NULL,
    holder VARCHAR(36),
    PRIMARY KEY (subject)
);

CREATE TABLE spool (
    id VARCHAR(36) NOT NULL,
    doc_type VARCHAR(24) NOT NULL,
    doc_no VARCHAR(40) NOT NULL,
    copy_no INTEGER NOT NULL,
    subject VARCHAR(48) NOT NULL,
    printer VARCHAR(80) NOT NULL,
    state VARCHAR(12) NOT NULL,
    payload BLOB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    made_at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    operator VARCHAR(16) NOT NULL,
    attempts INTEGER NOT NULL,
    said TEXT NOT NULL,
    changed_at VARCHAR(32),
    PRIMARY KEY (id),
    CONSTRAINT uq_spool_paper UNIQUE (doc_type, doc_no, copy_no)
);

CREATE INDEX ix_spool_state ON spool (printer, state, made_at);

CREATE TABLE verdicts (
    id VARCHAR(36) NOT NULL,
    seq INTEGER NOT NULL,
    state VARCHAR(12) NOT NULL,
    type VARCHAR(60) NOT NULL,
    sentence TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at FLOAT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_verdicts_state ON verdicts (state, seq);

CREATE TABLE waiting_subjects (
    subject VARCHAR(48) NOT NULL,
    id VARCHAR(36) NOT NULL,
    PRIMARY KEY (subject, id)
);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
