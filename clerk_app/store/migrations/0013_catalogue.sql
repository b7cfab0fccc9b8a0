-- 0013 目录变动: lists of changes of the catalogue, who asked, who confirmed, from which day.
CREATE TABLE catalogue_changes (
    hall VARCHAR(16) NOT NULL,
    id VARCHAR(36) NOT NULL,
    lines JSON NOT NULL,
    basis VARCHAR(80) NOT NULL,
    effective_on DATE NOT NULL,
    hall_version VARCHAR(64) NOT NULL,
    asked_by VARCHAR(16) NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    confirmed_by VARCHAR(16) NOT NULL,
    confirmed_at VARCHAR(32),
    dropped_by VARCHAR(16) NOT NULL,
    dropped_at VARCHAR(32),
    applied_version VARCHAR(64) NOT NULL,
    applied_at VARCHAR(32),
    refused_at VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (hall, id)
);
CREATE INDEX ix_catalogue_changes_asked ON catalogue_changes (hall, asked_at);
CREATE INDEX ix_catalogue_changes_day ON catalogue_changes (hall, effective_on);
