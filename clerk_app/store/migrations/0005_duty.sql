-- 0005 岗位: leave with its approvals, substitutions, noon turns, handovers, consents of mentors, letters recorded later.
ALTER TABLE absences ADD COLUMN kind VARCHAR(12) NOT NULL DEFAULT 'unplanned';
ALTER TABLE absences ADD COLUMN state VARCHAR(12) NOT NULL DEFAULT 'recorded';
ALTER TABLE absences ADD COLUMN covers JSON NOT NULL DEFAULT '[]';
ALTER TABLE absences ADD COLUMN approvals JSON NOT NULL DEFAULT '[]';
ALTER TABLE absences ADD COLUMN ended_at VARCHAR(32);
ALTER TABLE absences ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX ix_absences_end ON absences (hall, "end");

CREATE TABLE substitutions (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    post VARCHAR(16) NOT NULL,
    a VARCHAR(16) NOT NULL,
    b VARCHAR(16) NOT NULL,
    start VARCHAR(32) NOT NULL,
    "end" VARCHAR(32) NOT NULL,
    cause VARCHAR(36) NOT NULL,
    said_by VARCHAR(16) NOT NULL,
    provisional BOOLEAN NOT NULL,
    confirmed_by VARCHAR(16) NOT NULL,
    confirmed_at VARCHAR(32),
    ended_at VARCHAR(32),
    ended_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_substitutions_end ON substitutions (hall, "end");

CREATE TABLE noon_rosters (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(10) NOT NULL,
    turns JSON NOT NULL,
    set_by VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    earlier JSON NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE TABLE handovers (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    substitution VARCHAR(36) NOT NULL,
    direction VARCHAR(4) NOT NULL,
    post VARCHAR(16) NOT NULL,
    things JSON NOT NULL,
    words TEXT NOT NULL,
    given_by VARCHAR(16) NOT NULL,
    given_at VARCHAR(32),
    taken_by VARCHAR(16) NOT NULL,
    taken_at VARCHAR(32),
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_handovers_substitution ON handovers (hall, substitution);

CREATE TABLE consents (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    learner VARCHAR(16) NOT NULL,
    mentor VARCHAR(16) NOT NULL,
    action VARCHAR(24) NOT NULL,
    subject VARCHAR(48) NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    agreed_at VARCHAR(32),
    refused_at VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_consents_mentor ON consents (hall, mentor);
CREATE INDEX ix_consents_subject ON consents (hall, subject);

CREATE TABLE recorded_letters (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(60) NOT NULL,
    department VARCHAR(16) NOT NULL,
    person VARCHAR(16) NOT NULL,
    deputy VARCHAR(16) NOT NULL,
    start DATE NOT NULL,
    "end" DATE NOT NULL,
    items JSON NOT NULL,
    powers JSON NOT NULL,
    scan VARCHAR(64) NOT NULL,
    number VARCHAR(60) NOT NULL,
    recorded_by VARCHAR(16) NOT NULL,
    recorded_at VARCHAR(32) NOT NULL,
    confirmed_by VARCHAR(16) NOT NULL,
    confirmed_at VARCHAR(32),
    ended_by VARCHAR(16) NOT NULL,
    ended_at VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_recorded_letters_end ON recorded_letters (hall, "end");

CREATE TABLE pauses (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    window INTEGER NOT NULL,
    post VARCHAR(16) NOT NULL,
    person VARCHAR(16) NOT NULL,
    device VARCHAR(48) NOT NULL,
    start VARCHAR(32) NOT NULL,
    until VARCHAR(32) NOT NULL,
    reason VARCHAR(80) NOT NULL,
    tickets JSON NOT NULL,
    back_at VARCHAR(32),
    back_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_pauses_window ON pauses (hall, window, back_by);

CREATE TABLE roster_changes (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    lines JSON NOT NULL,
    basis VARCHAR(80) NOT NULL,
    hall_version VARCHAR(64) NOT NULL,
    asked_by VARCHAR(16) NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    confirmed_by VARCHAR(16) NOT NULL,
    confirmed_at VARCHAR(32),
    dropped_by VARCHAR(16) NOT NULL,
    dropped_at VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);

CREATE INDEX ix_roster_changes_asked ON roster_changes (hall, asked_at);

ALTER TABLE cases ADD COLUMN sent_out JSON;
CREATE INDEX ix_cases_state ON cases (hall, state);

ALTER TABLE seal_uses ADD COLUMN acting_for VARCHAR(16) NOT NULL DEFAULT '';
CREATE INDEX ix_seal_uses_at ON seal_uses (hall, at);
