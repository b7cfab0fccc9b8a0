-- 0017 共享材料: which material the hall held already was used with whose consent.
CREATE TABLE share_consents (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    "case" VARCHAR(36) NOT NULL,
    materials JSON NOT NULL,
    purpose TEXT NOT NULL,
    state VARCHAR(12) NOT NULL,
    asked_by VARCHAR(16) NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    way VARCHAR(12) NOT NULL,
    given_by VARCHAR(12) NOT NULL,
    giver TEXT NOT NULL,
    letter TEXT NOT NULL,
    scan VARCHAR(64) NOT NULL,
    answered_by VARCHAR(16) NOT NULL,
    answered_at VARCHAR(32),
    withdrawn_by VARCHAR(16) NOT NULL,
    withdrawn_at VARCHAR(32),
    uses JSON NOT NULL,
    looks JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_share_consents_case ON share_consents (hall, "case", asked_at);
