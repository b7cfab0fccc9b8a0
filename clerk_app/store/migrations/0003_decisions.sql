-- 0003 授权用印: the two signatures, the seal register, absences, ratings, and finished pages.

ALTER TABLE cases ADD COLUMN proposal JSON;

ALTER TABLE cases ADD COLUMN decision JSON;

ALTER TABLE cases ADD COLUMN seal_use VARCHAR(36) DEFAULT '' NOT NULL;

ALTER TABLE cases ADD COLUMN sealed_at VARCHAR(32);

ALTER TABLE cases ADD COLUMN handed_over JSON;

CREATE TABLE absences (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    person VARCHAR(16) NOT NULL,
    start VARCHAR(32) NOT NULL,
    "end" VARCHAR(32) NOT NULL,
    reason TEXT NOT NULL,
    said_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_absences_person ON absences (hall, person);

CREATE TABLE seal_uses (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    seal VARCHAR(16) NOT NULL,
    seal_name VARCHAR(80) NOT NULL,
    certificate VARCHAR(64) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    document_no VARCHAR(60) NOT NULL,
    title VARCHAR(80) NOT NULL,
    pages INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    digest_before VARCHAR(64) NOT NULL,
    digest_after VARCHAR(64) NOT NULL,
    approver VARCHAR(16) NOT NULL,
    letter VARCHAR(60) NOT NULL,
    user VARCHAR(16) NOT NULL,
    window INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    electronic BOOLEAN NOT NULL,
    flags JSON NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_seal_uses_case ON seal_uses (hall, "case");

CREATE TABLE ratings (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    level INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE TABLE documents (
    digest VARCHAR(64) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    sealed INTEGER NOT NULL,
    made_at VARCHAR(32) NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (digest)
);

CREATE INDEX ix_documents_case ON documents ("case");
