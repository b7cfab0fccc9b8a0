-- 0010 收费: bills, cash handed in at the bank, the money's day of a window.
CREATE TABLE bills (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    no VARCHAR(24) NOT NULL,
    payer TEXT NOT NULL,
    lines JSON NOT NULL,
    state VARCHAR(12) NOT NULL,
    set_by VARCHAR(16) NOT NULL,
    set_at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    hall_version VARCHAR(64) NOT NULL,
    matters JSON NOT NULL,
    taken JSON,
    ebills JSON NOT NULL,
    ebill_numbers JSON NOT NULL,
    asked_void JSON,
    void JSON,
    refund JSON,
    moved_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (hall, id),
    CONSTRAINT uq_bills_no UNIQUE (hall, no)
);
CREATE INDEX ix_bills_ebills ON bills (ebill_numbers);
CREATE INDEX ix_bills_matters ON bills (matters);
CREATE INDEX ix_bills_moved ON bills (hall, moved_at);
CREATE INDEX ix_bills_state ON bills (hall, state, set_at);
CREATE TABLE cash_handed_in (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    unit VARCHAR(16) NOT NULL,
    amount INTEGER NOT NULL,
    slip_no VARCHAR(60) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    window INTEGER NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_cash_handed_in_day ON cash_handed_in (hall, day);
CREATE TABLE money_days (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    window INTEGER NOT NULL,
    lines JSON NOT NULL,
    bills INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    why TEXT NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    state VARCHAR(12) NOT NULL,
    second VARCHAR(16) NOT NULL,
    second_at VARCHAR(32),
    second_said TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_money_days_day ON money_days (hall, day);
