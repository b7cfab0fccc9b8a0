-- 0016 收件箱: applications, bookings and pre-checks that came from outside and wait to be accepted at a counter.
CREATE TABLE inbox_items (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    partner VARCHAR(32) NOT NULL,
    number VARCHAR(40) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    state VARCHAR(12) NOT NULL,
    item VARCHAR(40) NOT NULL,
    item_name VARCHAR(120) NOT NULL,
    applicant JSON NOT NULL,
    sent_at VARCHAR(32) NOT NULL,
    came_at VARCHAR(32) NOT NULL,
    moved_at VARCHAR(32) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    id_end VARCHAR(4) NOT NULL,
    fields JSON NOT NULL,
    materials JSON NOT NULL,
    words TEXT NOT NULL,
    slot JSON,
    valid_until DATE,
    "case" VARCHAR(36) NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    window INTEGER NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    reason TEXT NOT NULL,
    missing JSON NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_inbox_items_case ON inbox_items (hall, "case");
CREATE INDEX ix_inbox_items_moved ON inbox_items (hall, moved_at);
CREATE INDEX ix_inbox_items_state ON inbox_items (hall, state, came_at);
