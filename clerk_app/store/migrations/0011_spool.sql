-- 0011 打印队列: what a paper was made from, why and until when it prints by itself, and every try at it.
ALTER TABLE spool ADD COLUMN content TEXT DEFAULT '' NOT NULL;
ALTER TABLE spool ADD COLUMN reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE spool ADD COLUMN good_on DATE;
ALTER TABLE spool ADD COLUMN told_by VARCHAR(16) DEFAULT '' NOT NULL;
ALTER TABLE spool ADD COLUMN instead_of VARCHAR(80) DEFAULT '' NOT NULL;
UPDATE spool SET good_on = substr(made_at, 1, 10);
CREATE TABLE print_attempts (
    job VARCHAR(36) NOT NULL,
    no INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    printer VARCHAR(80) NOT NULL,
    outcome VARCHAR(12) NOT NULL,
    said TEXT NOT NULL,
    status VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    paper_mm INTEGER NOT NULL,
    PRIMARY KEY (job, no)
);
CREATE INDEX ix_print_attempts_printer ON print_attempts (printer, at);
