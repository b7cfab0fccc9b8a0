-- 0015 分办: to which post and person an accepted case goes, and each time it is given to another.
CREATE TABLE assignments (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    case_no VARCHAR(32) NOT NULL,
    item VARCHAR(32) NOT NULL,
    department VARCHAR(16) NOT NULL,
    post VARCHAR(16) NOT NULL,
    person VARCHAR(16) NOT NULL,
    acting_for VARCHAR(16) NOT NULL,
    how VARCHAR(8) NOT NULL,
    at VARCHAR(32) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    turn INTEGER NOT NULL,
    turn_post VARCHAR(16) NOT NULL,
    earlier JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_assignments_person ON assignments (hall, person);
CREATE INDEX ix_assignments_turn ON assignments (hall, turn_post, turn);
