-- 0008 用印: grants, intents, where each seal stands, the book of its changes, certificates made elsewhere; more of each use.
ALTER TABLE seal_uses ADD COLUMN item VARCHAR(40) NOT NULL DEFAULT '';
ALTER TABLE seal_uses ADD COLUMN keeper VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE seal_uses ADD COLUMN "grant" VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE seal_uses ADD COLUMN entered_at VARCHAR(32);
ALTER TABLE seal_uses ADD COLUMN clock VARCHAR(8) NOT NULL DEFAULT 'centre';
ALTER TABLE seal_uses ADD COLUMN device VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE seal_uses ADD COLUMN page INTEGER NOT NULL DEFAULT '0';
ALTER TABLE seal_uses ADD COLUMN seam BOOLEAN NOT NULL DEFAULT '0';
ALTER TABLE seal_uses ADD COLUMN heard_at VARCHAR(32);
CREATE INDEX ix_seal_uses_digest ON seal_uses (hall, digest_after);
CREATE TABLE seal_grants (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    seal VARCHAR(16) NOT NULL,
    keeper VARCHAR(16) NOT NULL,
    chief VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    letter VARCHAR(60) NOT NULL,
    window INTEGER NOT NULL,
    device VARCHAR(36) NOT NULL,
    origin VARCHAR(36) NOT NULL,
    issued VARCHAR(32) NOT NULL,
    expires VARCHAR(32) NOT NULL,
    papers JSON NOT NULL,
    public VARCHAR(64) NOT NULL,
    signature VARCHAR(120) NOT NULL,
    certificate VARCHAR(64) NOT NULL,
    used JSON NOT NULL,
    flags JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_seal_grants_expires ON seal_grants (hall, expires);
CREATE TABLE seal_intents (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    grant VARCHAR(36) NOT NULL,
    seal VARCHAR(16) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    document_no VARCHAR(60) NOT NULL,
    title VARCHAR(80) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    window INTEGER NOT NULL,
    device VARCHAR(36) NOT NULL,
    at VARCHAR(32) NOT NULL,
    state VARCHAR(12) NOT NULL,
    closed_by VARCHAR(16) NOT NULL,
    closed_at VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_seal_intents_state ON seal_intents (hall, state, at);
CREATE TABLE seal_standings (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(16) NOT NULL,
    state VARCHAR(12) NOT NULL,
    since VARCHAR(32) NOT NULL,
    keeper VARCHAR(16) NOT NULL,
    seat VARCHAR(36) NOT NULL,
    certificate VARCHAR(64) NOT NULL,
    valid_from VARCHAR(32),
    valid_to VARCHAR(32),
    issuer VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    resume_asked_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE TABLE seal_events (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    seal VARCHAR(16) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    window INTEGER NOT NULL,
    device VARCHAR(36) NOT NULL,
    at VARCHAR(32) NOT NULL,
    clock VARCHAR(8) NOT NULL,
    reason TEXT NOT NULL,
    second VARCHAR(16) NOT NULL,
    keeper VARCHAR(16) NOT NULL,
    certificate VARCHAR(64) NOT NULL,
    flags JSON NOT NULL,
    heard_at VARCHAR(32),
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_seal_events_seal ON seal_events (hall, seal, at);
CREATE TABLE certificates (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    name VARCHAR(80) NOT NULL,
    certificate_no VARCHAR(60) NOT NULL,
    blank_no VARCHAR(40) NOT NULL,
    spoiled JSON NOT NULL,
    seal VARCHAR(16) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    window INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    flags JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_certificates_case ON certificates (hall, "case");
