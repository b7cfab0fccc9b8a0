-- 0012 出件: where the paper of each decided case is.
CREATE TABLE results (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    case_no VARCHAR(32) NOT NULL,
    document_no VARCHAR(60) NOT NULL,
    state VARCHAR(12) NOT NULL,
    window INTEGER NOT NULL,
    shelf VARCHAR(24) NOT NULL,
    moved_at VARCHAR(32) NOT NULL,
    waybill VARCHAR(24) NOT NULL,
    transfer VARCHAR(36) NOT NULL,
    since VARCHAR(32),
    delivery JSON,
    taken_in JSON,
    posting JSON,
    posted_before JSON NOT NULL,
    reminders JSON NOT NULL,
    back_to VARCHAR(16) NOT NULL,
    back_why TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_results_moved ON results (hall, moved_at);
CREATE INDEX ix_results_state ON results (hall, state, moved_at);
CREATE INDEX ix_results_transfer ON results (hall, transfer);
CREATE INDEX ix_results_waybill ON results (hall, waybill);
