-- 0014 补录: kits of numbered sheets printed beforehand, and what each sheet says once it is typed in.
CREATE TABLE paper_kits (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    year INTEGER NOT NULL,
    first VARCHAR(24) NOT NULL,
    last VARCHAR(24) NOT NULL,
    count INTEGER NOT NULL,
    reason TEXT NOT NULL,
    state VARCHAR(12) NOT NULL,
    printed_by VARCHAR(16) NOT NULL,
    printed_at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    taken_by VARCHAR(16) NOT NULL,
    handed_by VARCHAR(16) NOT NULL,
    handed_at VARCHAR(32),
    returned_by VARCHAR(16) NOT NULL,
    returned_at VARCHAR(32),
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_paper_kits_printed ON paper_kits (hall, printed_at);
CREATE TABLE kit_sheets (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(24) NOT NULL,
    kit VARCHAR(36) NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    query_code VARCHAR(16) NOT NULL,
    state VARCHAR(12) NOT NULL,
    moved_at VARCHAR(32) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    entry JSON,
    typed_by JSON NOT NULL,
    revision INTEGER NOT NULL,
    checked_by VARCHAR(16) NOT NULL,
    checked_at VARCHAR(32),
    scan VARCHAR(64) NOT NULL,
    note TEXT NOT NULL,
    noted_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_kit_sheets_kit ON kit_sheets (hall, kit);
CREATE INDEX ix_kit_sheets_state ON kit_sheets (hall, state, moved_at);
