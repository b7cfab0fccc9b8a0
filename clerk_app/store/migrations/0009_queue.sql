-- 0009 排队: where a ticket stands in the line and why, whose share it is, stops of lines, windows that call other letters, slips served on paper.
ALTER TABLE tickets ADD COLUMN rank INTEGER NOT NULL DEFAULT '3';
ALTER TABLE tickets ADD COLUMN placed_at VARCHAR(32);
ALTER TABLE tickets ADD COLUMN to_window INTEGER NOT NULL DEFAULT '0';
ALTER TABLE tickets ADD COLUMN fallback INTEGER NOT NULL DEFAULT '0';
ALTER TABLE tickets ADD COLUMN item VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN "case" VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN appointment VARCHAR(32);
ALTER TABLE tickets ADD COLUMN aids JSON NOT NULL DEFAULT '[]';
ALTER TABLE tickets ADD COLUMN person VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN by_paper BOOLEAN NOT NULL DEFAULT '0';
ALTER TABLE tickets ADD COLUMN outcome VARCHAR(12) NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN parked JSON;
ALTER TABLE tickets ADD COLUMN rejoins INTEGER NOT NULL DEFAULT '0';
ALTER TABLE tickets ADD COLUMN lifts JSON NOT NULL DEFAULT '[]';
ALTER TABLE tickets ADD COLUMN "before" JSON;
UPDATE tickets SET rank = 2 WHERE priority <> '';
CREATE TABLE line_stops (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    letter VARCHAR(4) NOT NULL,
    at VARCHAR(32) NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    reason TEXT NOT NULL,
    reopens VARCHAR(32) NOT NULL,
    rule BOOLEAN NOT NULL,
    ended_at VARCHAR(32),
    ended_by VARCHAR(16) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_line_stops_day ON line_stops (hall, day);
CREATE TABLE window_letters (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    window INTEGER NOT NULL,
    letters JSON NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_window_letters_day ON window_letters (hall, day);
CREATE TABLE papers_served (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    day DATE NOT NULL,
    ticket VARCHAR(36) NOT NULL,
    number VARCHAR(12) NOT NULL,
    letter VARCHAR(4) NOT NULL,
    window INTEGER NOT NULL,
    "by" VARCHAR(16) NOT NULL,
    at VARCHAR(32) NOT NULL,
    how VARCHAR(8) NOT NULL,
    real VARCHAR(36) NOT NULL,
    known TEXT NOT NULL,
    ended_at VARCHAR(32),
    outcome VARCHAR(12) NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_papers_served_day ON papers_served (hall, day);
