"""收件箱 what came from outside (网上申请、预约、预审), waits, and becomes a case or a ticket at a counter."""
