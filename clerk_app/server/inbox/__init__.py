"""收件箱在中心这一头 who may send in, what is taken, what is fetched, and what a sender may be told."""
